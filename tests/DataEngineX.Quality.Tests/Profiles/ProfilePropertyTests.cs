using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;

namespace DataEngineX.Quality.Tests.Profiles;

public class ProfilePropertyTests
{
    private static readonly Gen<(long? Id, double? Value, string? Name, bool? Flag, int? Day)> Row = Gen.Select(
        Gen.Long[-5, 12].Nullable(0.2),
        Gen.OneOf(Gen.Double[-3, 3], Gen.OneOf(Gen.Const(0.0), Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(-0.0))).Nullable(0.2),
        Gen.String[Gen.Char['a', 'c'], 0, 3].Null(0.2),
        Gen.Bool.Nullable(0.3),
        Gen.Int[-400, 20_000].Nullable(0.1));

    [Fact]
    public void Batches_threads_and_merging_change_nothing() =>
        Gen.Select(Row.Array[0, 120], Gen.Int[1, 30], Gen.Int[1, 3], Gen.Int[0, 120]).Sample(
            (rows, length, threads, cut) => Holds(rows, length, threads, cut).GetAwaiter().GetResult(), iter: 150, threads: 1);

    [Fact]
    [Trait("Category", "Soak")]
    public void Batches_threads_and_merging_change_nothing_for_many_inputs() =>
        Gen.Select(Row.Array[0, 400], Gen.Int[1, 90], Gen.Int[1, 3], Gen.Int[0, 400]).Sample(
            (rows, length, threads, cut) => Holds(rows, length, threads, cut).GetAwaiter().GetResult(), iter: SoakSettings.Count, threads: 1);

    [Fact]
    public void Metrics_are_those_of_a_naive_count() =>
        Row.Array[1, 80].Sample(rows => Naive(rows).GetAwaiter().GetResult(), iter: 150, threads: 1);

    private static async Task Holds((long? Id, double? Value, string? Name, bool? Flag, int? Day)[] rows, int length, int threads, int cut)
    {
        var options = new ProfileOptions { Correlations = true, Parallelism = 1 };
        var whole = await ProfileRun.OfAsync(Batch(rows), options: options);
        var split = await ProfileRun.OfAsync(Batch(rows), length, options with { Parallelism = threads });
        ProfileMetrics.Same(whole, split);
        var first = await ProfileRun.OfAsync(Batch([.. rows.Take(cut)]), length, options);
        var second = await ProfileRun.OfAsync(Batch([.. rows.Skip(cut)]), length, options);
        var merged = Profile.Parse(first.ToJson()).Merge(second);
        ProfileMetrics.Same(whole, merged);
    }

    private static async Task Naive((long? Id, double? Value, string? Name, bool? Flag, int? Day)[] rows)
    {
        var profile = await ProfileRun.OfAsync(Batch(rows), 7);
        Assert.Equal(rows.Count(r => r.Id is null || r.Value is null || r.Name is null || r.Flag is null || r.Day is null), profile.RowsWithNull);
        Assert.Equal(rows.Count(r => r is (null, null, null, null, null)), profile.RowsOfNulls);
        Assert.Equal(rows.Length - rows.Select(r => (r.Id, r.Value == 0 ? 0 : r.Value, r.Name, r.Flag, r.Day)).Distinct().Count(), profile.DuplicateRows);
        var ids = rows.Select(r => r.Id).OfType<long>().ToArray();
        Assert.Equal(ids.Distinct().Count(), profile["id"].Distinct);
        Assert.Equal(ids.GroupBy(i => i).Count(g => g.Count() == 1), profile["id"].Unique);
        Assert.Equal(ids.GroupBy(i => i).Select(g => g.LongCount()).OrderDescending(), profile["id"].TopValues(100).Select(v => v.Count));
        var values = rows.Select(r => r.Value).OfType<double>().Where(double.IsFinite).ToArray();
        Close.To(values.Length == 0 ? null : values.Average(), profile["value"].Numbers!.Mean);
        var names = rows.Select(r => r.Name).OfType<string>().ToArray();
        Assert.Equal(names.Min(StringComparer.Ordinal), profile["name"].Min);
        Assert.Equal(names.Distinct().Count(), profile["name"].Distinct);
        Assert.Equal(rows.Count(r => r.Flag == true), profile["flag"].Trues);
        Assert.Equal(rows.Select(r => r.Day).OfType<int>().Distinct().Count(), profile["day"].Times!.Days);
    }

    private static RecordBatch Batch((long? Id, double? Value, string? Name, bool? Flag, int? Day)[] rows) => Rows.Of(
        ("id", Int64Type.Default, [.. rows.Select(r => (object?)r.Id)]),
        ("value", DoubleType.Default, [.. rows.Select(r => (object?)r.Value)]),
        ("name", StringType.Default, [.. rows.Select(r => (object?)r.Name)]),
        ("flag", BooleanType.Default, [.. rows.Select(r => (object?)r.Flag)]),
        ("day", Date32Type.Default, [.. rows.Select(r => r.Day is { } d ? (object?)new DateOnly(1970, 1, 1).AddDays(d) : null)]));
}
