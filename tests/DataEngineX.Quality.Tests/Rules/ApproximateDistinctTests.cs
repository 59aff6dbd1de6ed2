using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Counts of different values by a sketch: near the exact ones, and of one size.</summary>
public class ApproximateDistinctTests
{
    [Fact]
    public void The_count_is_near_the_exact_one_for_every_kind_of_column()
    {
        var random = new Random(5);
        foreach (var different in (int[])[0, 1, 7, 300, 5_000, 20_000])
        {
            var numbers = Enumerable.Range(0, different).SelectMany(i => Enumerable.Repeat(i, random.Next(1, 3))).ToList();
            using var batch = Rows.Of(
                ("a", Int64Type.Default, [null, .. numbers.Select(i => (object)(i * 3L))]),
                ("x", DoubleType.Default, [null, .. numbers.Select(i => (object)(i / 7.0))]),
                ("d", new Decimal128Type(20, 3), [null, .. numbers.Select(i => (object)(i / 8m))]),
                ("s", StringType.Default, [null, .. numbers.Select(i => (object)$"n{i}")]),
                ("t", StringType.Default, [null, .. numbers.Select(i => (object)$"a text longer than fifteen bytes {i}")]));
            foreach (var column in (string[])["a", "x", "d", "s", "t"])
            {
                var verdict = Check(batch, q => q.ApproximateDistinctCount(column, null, null));
                var found = double.Parse(verdict.ObservedJson!, CultureInfo.InvariantCulture);
                // Five standard errors; small counts are exact.
                Assert.Equal(different, found, different < 1000 ? 0.02 * different : 5 * HyperLogLog.StandardError * different);
                Assert.Equal("standard_error", verdict.Details[0].Name);
            }
        }
    }

    [Fact]
    public void Bounds_decide_and_missing_values_do_not_count()
    {
        using var batch = Rows.Longs("a", 1, 2, 2, null, 3);
        Assert.Equal(VerdictOutcome.Pass, Check(batch, q => q.ApproximateDistinctCount("a", 3, 3)).Outcome);
        Assert.Equal(VerdictOutcome.Fail, Check(batch, q => q.ApproximateDistinctCount("a", 4, null)).Outcome);
    }

    [Fact]
    public async Task What_is_kept_does_not_grow_with_the_values()
    {
        var sizes = new List<long>();
        foreach (var rows in (int[])[10, 100_000])
        {
            using var batch = Rows.Longs("a", [.. Enumerable.Range(0, rows).Select(i => (long?)i)]);
            var suite = new QualityBuilder().ApproximateDistinctCount("a", null, null).Build();
            using var state = await SuiteState.ObserveAsync(suite, Rows.Stream([batch.SliceShared(0, rows)]), batch.Schema, cancellationToken: TestContext.Current.CancellationToken);
            var saved = new MemoryStream();
            state.Save(saved);
            sizes.Add(saved.Length);
        }

        Assert.Equal(sizes[0], sizes[1]);
        Assert.InRange(sizes[1], 16_000, 17_000);
    }

    private static Verdict Check(RecordBatch batch, Func<QualityBuilder, QualityBuilder> rules) => Suites.Verdict(batch.SliceShared(0, batch.Length), rules);
}
