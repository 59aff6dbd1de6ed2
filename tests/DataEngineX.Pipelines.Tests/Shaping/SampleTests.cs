using DataEngineX.Pipelines.Tests.Joins;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Shaping;

public sealed class SampleTests
{
    private static readonly JoinRow[] Rows = JoinFixture.Rows(new Random(11), 6_000, 500);

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    public async Task A_fraction_by_position_is_the_same_for_any_threads_and_batches(long seed)
    {
        var expected = await ShapeFixture.LinesAsync(Source(1, 50).Sample(0.3), 1000, 1, seed);
        Assert.InRange(expected.Count, 1_650, 1_950);
        Assert.Equal(expected, await ShapeFixture.LinesAsync(Source(2, 3000).Sample(0.3), 64, 3, seed));
        Assert.NotEqual(expected, await ShapeFixture.LinesAsync(Source(1, 50).Sample(0.3), 1000, 1, seed + 1));
    }

    [Fact]
    public async Task By_key_all_rows_of_a_key_are_kept_or_none()
    {
        var flow = Source(1, 50).Sample(0.4, "text");
        var kept = await ShapeFixture.LinesAsync(flow.Select("text", "number"), 100, 3);
        Assert.Equal(kept, await ShapeFixture.LinesAsync(Source(3, 900).Sample(0.4, "text").Select("text", "number"), 7000, 1));
        var keys = kept.Select(l => l.Split('|')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Rows.Count(r => keys.Contains(r.Text ?? "-")), kept.Count);
        Assert.InRange(keys.Count, 100, 300);
        Assert.Matches(@"sample [\s\S]*filter ", await ShapeFixture.PlanAsync(flow.Where(Col("number") > 5)));
        Assert.Equal(Plans.RecomputeKind.RowLocal, (await ShapeFixture.BindAsync(flow)).Recompute.Kind);
    }

    [Fact]
    public async Task By_position_no_condition_moves_below_and_incremental_reads_are_refused()
    {
        Assert.Matches(@"filter [\s\S]*sample ", await ShapeFixture.PlanAsync(Source(1, 50).Sample(0.4).Where(Col("number") > 5)));
        Assert.Equal(Plans.RecomputeKind.WholeInput, (await ShapeFixture.BindAsync(Source(1, 50).Sample(0.4))).Recompute.Kind);
        Assert.Equal(Plans.RecomputeKind.WholeInput, (await ShapeFixture.BindAsync(Source(1, 50).SampleRows(4))).Recompute.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(5_999)]
    [InlineData(9_000)]
    public async Task So_many_rows_are_the_same_for_any_threads_and_batches_and_in_order(int count)
    {
        var expected = await ShapeFixture.LinesAsync(Source(1, 50).SampleRows(count).Select("number"), 1000, 1);
        Assert.Equal(Math.Min(count, 6_000), expected.Count);
        Assert.Equal(expected.Order(Comparer<string>.Create((a, b) => int.Parse(a, null).CompareTo(int.Parse(b, null)))), expected);
        Assert.Equal(expected, await ShapeFixture.LinesAsync(Source(2, 3000).SampleRows(count).Select("number"), 64, 3));
        Assert.Equal(
            Rows.Select((_, i) => i).OrderBy(Number).Take(count).Order().Select(i => FormattableString.Invariant($"{i}")), expected);
    }

    [Fact]
    public async Task Every_place_has_the_same_chance()
    {
        var places = new List<int>();
        for (var seed = 0; seed < 20; seed++)
            places.AddRange((await ShapeFixture.LinesAsync(Source(1, 3000).SampleRows(200).Select("number"), 5000, 2, seed)).Select(l => int.Parse(l, null)));
        Assert.All(places.GroupBy(p => p / 600), g => Assert.InRange(g.Count(), 320, 480));
    }

    [Fact]
    public void A_fraction_beyond_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Source(1, 1).Sample(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Source(1, 1).Sample(double.NaN));
    }

    [Fact]
    public async Task Lists_are_no_keys_of_a_sample() =>
        await Assert.ThrowsAsync<PlanException>(async () => await ShapeFixture.BindAsync(Flow.From(Lists.Source([], 1, 1)).Sample(0.5, "numbers")));

    /// <summary>The number that the seed 0 draws for a position.</summary>
    private static ulong Number(int position) => Mix(unchecked(Mix(0) + ((ulong)position * 0x9E3779B97F4A7C15)));

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    private static Flow Source(int seed, int most) => JoinFixture.Flow(new CutSource("l", Rows, seed, most));
}
