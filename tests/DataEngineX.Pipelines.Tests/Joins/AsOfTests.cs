using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Pipelines.Tests.Soak;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Joins;

/// <summary>As-of joins give what looking at every right row for every left row gives, whether the right side fits in memory or not.</summary>
public sealed class AsOfTests
{
    private static readonly DateTimeOffset Start = new(2024, 2, 28, 23, 0, 0, TimeSpan.Zero);

    private static readonly string[][] Keys = [[], ["whole"], ["text"], ["key_real"], ["whole", "text"]];

    private static readonly string[] Times = ["tick", "wide", "real", "exact", "at", "day", "mixed"];

    [Theory]
    [InlineData(AsOfDirection.Backward)]
    [InlineData(AsOfDirection.Forward)]
    [InlineData(AsOfDirection.Nearest)]
    public Task As_of_joins_agree_with_looking_at_every_row(AsOfDirection direction) => AgreeAsync(direction, seed: 21, count: 60, spills: false);

    [Theory]
    [InlineData(AsOfDirection.Backward)]
    [InlineData(AsOfDirection.Forward)]
    [InlineData(AsOfDirection.Nearest)]
    public Task As_of_joins_beyond_their_share_of_memory_give_the_same_rows(AsOfDirection direction) =>
        AgreeAsync(direction, seed: 22, count: 8, spills: true);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task As_of_joins_agree_over_many_random_inputs()
    {
        // One direction an input, and every twenty-fifth beyond its share of memory: 25 and 3 have no common factor, so all pairs come.
        var directions = Enum.GetValues<AsOfDirection>();
        for (var i = 0; i < SoakSettings.Count; i++)
            await AgreeAsync(directions[i % directions.Length], SoakSettings.Seed + i, 1, spills: i % 25 == 0);
    }

    [Theory]
    [InlineData(400_000, true)]
    [InlineData(1 << 30, false)]
    public async Task Explain_after_a_run_says_whether_the_join_spilled_and_what_it_dropped(long budget, bool spills)
    {
        var random = new Random(3);
        var (left, right) = (new CutSource<AsOfRow>("l", Rows(random, 3000, 50), 1, 50), new CutSource<AsOfRow>("r", Rows(random, 3000, 50), 2, 50));
        var report = await JoinFixture.Reader(30, 2, budget).ExplainRunAsync(
            JoinFixture.Flow(left).AsOfJoin(JoinFixture.Flow(right), ["text"], Col("tick"), Col("tick")), TestContext.Current.CancellationToken);
        Assert.Equal(spills, report.Contains("[spilled; holds the right side", StringComparison.Ordinal));
        Assert.Equal(!spills, report.Contains("[buffered, spills when over its share; holds the right side", StringComparison.Ordinal));
        Assert.Equal(0, right.Allocator!.HeldBytes);
    }

    [Fact]
    public async Task An_as_of_join_that_is_left_early_gives_all_memory_back()
    {
        foreach (var budget in new[] { 400_000L, 1L << 30 })
        {
            foreach (var direction in Enum.GetValues<AsOfDirection>())
            {
                var random = new Random(4);
                var (left, right) = (new CutSource<AsOfRow>("l", Rows(random, 2500, 30), 1, 50), new CutSource<AsOfRow>("r", Rows(random, 2500, 30), 2, 50));
                var flow = JoinFixture.Flow(left).AsOfJoin(
                    JoinFixture.Flow(right), ["text"], Col("tick"), Col("tick"), JoinKind.Left, direction);
                await foreach (var batch in JoinFixture.Reader(20, 3, budget).ReadAsync(flow, TestContext.Current.CancellationToken))
                {
                    batch.Dispose();
                    break;
                }

                Assert.Equal(0, right.Allocator!.HeldBytes);
            }
        }
    }

    private static AsOfRow[] Rows(Random random, int count, int keys) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var key = random.Next(keys);
            var tick = random.Next(-40, 40);
            return new AsOfRow
            {
                Whole = random.Next(8) == 0 ? null : key * 3,
                Text = random.Next(8) == 0 ? null : key % 3 == 0 ? $"a text of more than thirty-two bytes {key}" : $"k{key}",
                KeyReal = random.Next(8) == 0 ? null : key % 7 == 0 ? double.NaN : key % 5 == 0 ? (random.Next(2) == 0 ? 0.0 : -0.0) : key,
                Tick = random.Next(8) == 0 ? null : tick,
                Wide = random.Next(8) == 0 ? null : (ulong)(tick + 50),
                Real = random.Next(8) == 0 ? null : random.Next(12) == 0 ? double.NaN : tick == 0 ? (random.Next(2) == 0 ? 0.0 : -0.0) : tick / 4.0,
                Exact = random.Next(8) == 0 ? null : tick / 4m,
                At = random.Next(8) == 0 ? null : Start.AddMinutes(tick),
                Day = random.Next(8) == 0 ? null : DateOnly.FromDateTime(Start.DateTime).AddDays(tick),
                Number = i,
                Name = random.Next(4) == 0 ? null : new string((char)('a' + random.Next(26)), random.Next(40)),
            };
        }),
    ];

    private static async Task AgreeAsync(AsOfDirection direction, int seed, int count, bool spills)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var distinct = random.Next(1, spills ? 300 : 20);
            var left = Rows(random, random.Next(spills ? 1500 : 150), distinct);
            var right = Rows(random, random.Next(spills ? 2500 : 0, spills ? 3500 : 150), distinct);
            var keys = Keys[random.Next(Keys.Length)];
            var time = Times[random.Next(Times.Length)];
            var kind = random.Next(2) == 0 ? JoinKind.Inner : JoinKind.Left;
            var allowsExact = random.Next(3) > 0;
            double? tolerance = random.Next(2) == 0 ? null : random.Next(0, 6);
            var (from, to) = (new CutSource<AsOfRow>("l", left, i, random.Next(1, 90)), new CutSource<AsOfRow>("r", right, i + 1, random.Next(1, 90)));
            var (threads, batchRows) = (random.Next(1, 4), random.Next(1, 40));
            var text = $"seed {seed}, input {i}: {left.Length} {kind} {right.Length} on [{string.Join(',', keys)}], {distinct} keys, {direction} "
                + $"by {time}, {(allowsExact ? "or" : "not")} equal, within {tolerance}, {threads} threads, {batchRows} rows";

            var flow = JoinFixture.Flow(from).AsOfJoin(
                JoinFixture.Flow(to), keys, TimeOf(time, isLeft: true), TimeOf(time, isLeft: false), kind, direction, allowsExact, Tolerance(time, tolerance));
            var actual = await JoinFixture.LinesAsync(
                JoinFixture.Reader(batchRows, threads, spills ? 400_000 : 1 << 30), flow, ["number", "number_right", "name", "name_right"]);
            var expected = AsOfOracle.Run(
                kind, direction, allowsExact, tolerance, left, right, (l, r) => keys.All(k => AreEqual(k, l, r)), l => Number(time == "mixed" ? "tick" : time, l), r => Number(time == "mixed" ? "real" : time, r));
            Assert.True(expected.SequenceEqual(actual), $"{text}{Environment.NewLine}{Difference(expected, actual)}");
            Assert.Equal(0, from.Allocator?.HeldBytes ?? 0);
            Assert.Equal(0, to.Allocator?.HeldBytes ?? 0);
        }
    }

    /// <summary>In the mixed case an integer meets a float.</summary>
    private static Expr TimeOf(string time, bool isLeft) => time == "mixed" ? (isLeft ? Col("tick") : Col("real")) : Col(time);

    private static Expr? Tolerance(string time, double? tolerance) => (time, tolerance) switch
    {
        (_, null) => null,
        ("at", { } minutes) => TimeSpan.FromMinutes(minutes),
        ("day", { } days) => TimeSpan.FromDays(days),
        ("exact", { } most) => (decimal)most,
        ("real" or "mixed", { } most) => most,
        (_, { } most) => (int)most,
    };

    private static double? Number(string time, AsOfRow row) => time switch
    {
        "tick" => row.Tick,
        "wide" => row.Wide,
        "real" => row.Real is { } r && !double.IsNaN(r) ? r : null,
        "exact" => (double?)row.Exact,
        "at" => row.At is { } at ? (at - Start).TotalMinutes : null,
        "day" => row.Day?.DayNumber,
        _ => throw new NotSupportedException(time),
    };

    private static bool AreEqual(string key, AsOfRow left, AsOfRow right) => key switch
    {
        "whole" => left.Whole is not null && left.Whole == right.Whole,
        "text" => left.Text is not null && left.Text == right.Text,
        _ => left.KeyReal is { } l && right.KeyReal is { } r && (l == r || (double.IsNaN(l) && double.IsNaN(r))),
    };

    private static string Difference(List<string> expected, List<string> actual) =>
        $"{expected.Count} rows expected, {actual.Count} came; missing {string.Join(' ', expected.Except(actual).Take(5))}; "
        + $"too many {string.Join(' ', actual.Except(expected).Take(5))}";
}
