using DataEngineX.Expressions;
using DataEngineX.Pipelines.Tests.Soak;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Joins;

/// <summary>Joins of every kind give what comparing every row with every row gives, whichever side is held and whether it fits in memory.</summary>
public sealed class JoinTests
{
    private static readonly string[][] Keys = [["whole"], ["text"], ["real"], ["whole", "text"], ["real", "text", "whole"]];

    [Theory]
    [InlineData(JoinKind.Inner)]
    [InlineData(JoinKind.Left)]
    [InlineData(JoinKind.Right)]
    [InlineData(JoinKind.Full)]
    [InlineData(JoinKind.Semi)]
    [InlineData(JoinKind.Anti)]
    public Task Joins_agree_with_comparing_every_row(JoinKind kind) => AgreeAsync(kind, seed: 11, count: 25, spills: false);

    [Theory]
    [InlineData(JoinKind.Inner)]
    [InlineData(JoinKind.Left)]
    [InlineData(JoinKind.Right)]
    [InlineData(JoinKind.Full)]
    [InlineData(JoinKind.Semi)]
    [InlineData(JoinKind.Anti)]
    public Task Joins_beyond_their_share_of_memory_give_the_same_rows(JoinKind kind) => AgreeAsync(kind, seed: 12, count: 4, spills: true);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Joins_agree_over_many_random_inputs()
    {
        // One kind an input, and every twenty-fifth beyond its share of memory: 25 and 6 have no common factor, so all pairs come.
        JoinKind[] kinds = [.. Enum.GetValues<JoinKind>().Where(k => k != JoinKind.Cross)];
        for (var i = 0; i < SoakSettings.Count; i++)
            await AgreeAsync(kinds[i % kinds.Length], SoakSettings.Seed + i, 1, spills: i % 25 == 0);
    }

    [Theory]
    [InlineData(400_000, true)]
    [InlineData(1 << 30, false)]
    public async Task Explain_after_a_run_says_whether_the_join_spilled(long budget, bool spills)
    {
        var random = new Random(3);
        var (left, right) = (new CutSource("l", JoinFixture.Rows(random, 3000, 2000), 1, 50), new CutSource("r", JoinFixture.Rows(random, 3000, 2000), 2, 50));
        var report = await JoinFixture.Reader(30, 2, budget).ExplainRunAsync(
            JoinFixture.Flow(left).Join(JoinFixture.Flow(right), ["text"]), TestContext.Current.CancellationToken);
        Assert.Equal(spills, report.Contains("[spilled; holds the right side", StringComparison.Ordinal));
        Assert.Equal(0, right.Allocator!.HeldBytes);
    }

    [Fact]
    public async Task A_join_that_is_left_early_gives_all_memory_back()
    {
        var random = new Random(4);
        var (left, right) = (new CutSource("l", JoinFixture.Rows(random, 900, 30), 1, 50), new CutSource("r", JoinFixture.Rows(random, 900, 30), 2, 50));
        await foreach (var batch in JoinFixture.Reader(20, 3).ReadAsync(
            JoinFixture.Flow(left).Join(JoinFixture.Flow(right), ["text"], JoinKind.Full), TestContext.Current.CancellationToken))
        {
            batch.Dispose();
            break;
        }

        Assert.Equal(0, right.Allocator!.HeldBytes);
    }

    private static async Task AgreeAsync(JoinKind kind, int seed, int count, bool spills)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var most = spills ? 3000 : 150;
            var distinct = random.Next(4) == 0 ? 3 : random.Next(1, spills ? 2000 : 80);
            var (left, right) = (JoinFixture.Rows(random, random.Next(most), distinct), JoinFixture.Rows(random, random.Next(spills ? 2500 : 0, most), distinct));
            if (spills && distinct == 3)
                left = left[..Math.Min(60, left.Length)];
            var keys = Keys[random.Next(Keys.Length)];
            var hasCondition = random.Next(3) == 0;
            var side = random.Next(3) switch { 0 => JoinSide.Left, 1 => JoinSide.Right, _ => (JoinSide?)null };
            var text = $"seed {seed}, input {i}: {left.Length} {kind} {right.Length} on {string.Join(',', keys)}, {distinct} keys, holds {side}, {(hasCondition ? "with" : "without")} a condition";

            var (from, to) = (new CutSource("l", left, i, random.Next(1, 90)), new CutSource("r", right, i + 1, random.Next(1, 90)));
            Expr[] columns = [.. keys.Select(k => Col(k))];
            var join = new Flow(new JoinNode(
                JoinFixture.Flow(from).Node, JoinFixture.Flow(to).Node, kind, columns, columns,
                hasCondition ? Col("number") < Col("number_right") + 20 : null)
            { BuildSide = side });
            var reader = JoinFixture.Reader(random.Next(1, 40), random.Next(1, 4), spills ? 400_000 : 1 << 30);

            var isSemi = kind is JoinKind.Semi or JoinKind.Anti;
            var actual = await JoinFixture.LinesAsync(reader, join, isSemi ? ["number"] : ["number", "number_right", "name", "name_right"]);
            var expected = JoinOracle.Run(
                kind, left, right, (l, r) => keys.All(k => AreEqual(k, l, r)) && (!hasCondition || l.Number < r.Number + 20));
            Assert.True(expected.SequenceEqual(actual), $"{text}{Environment.NewLine}{Difference(expected, actual)}");
            Assert.Equal(0, from.Allocator?.HeldBytes ?? 0);
            Assert.Equal(0, to.Allocator?.HeldBytes ?? 0);
        }
    }

    private static bool AreEqual(string key, JoinRow left, JoinRow right) => key switch
    {
        "whole" => left.Whole is { } l && left.Whole == right.Whole,
        "text" => left.Text is not null && left.Text == right.Text,
        _ => left.Real is { } l && right.Real is { } r && (l == r || (double.IsNaN(l) && double.IsNaN(r))),
    };

    private static string Difference(List<string> expected, List<string> actual) =>
        $"{expected.Count} rows expected, {actual.Count} came; missing {string.Join(' ', expected.Except(actual).Take(5))}; "
        + $"too many {string.Join(' ', actual.Except(expected).Take(5))}";
}
