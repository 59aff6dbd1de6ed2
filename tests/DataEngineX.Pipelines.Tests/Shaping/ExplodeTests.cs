using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Shaping;

public sealed class ExplodeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_item_becomes_a_row_with_what_is_beside_it(bool keepEmpty)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var rows = Lists.Random(random, random.Next(40));
            var flow = Flow.From(Lists.Source(rows, seed, random.Next(1, 15))).Explode(["numbers", "texts", "pairs"], keepEmpty);
            var actual = await ShapeFixture.LinesAsync(flow, random.Next(1, 15), random.Next(1, 4));
            Assert.Equal(rows.SelectMany(r => Expected(r, keepEmpty)), actual);
        }
    }

    [Fact]
    public async Task Other_lists_are_repeated_as_they_are()
    {
        Lists[] rows = [new("a", [1, null], ["x", "y"]), new("b", null, null), new("c", [3], [null])];
        var flow = Flow.From(Lists.Source(rows, 1, 5)).Explode("numbers").Select("key", "numbers", "texts");
        Assert.Equal(["a|1|[x y]", "a|-|[x y]", "c|3|[-]"], await ShapeFixture.LinesAsync(flow));
    }

    [Fact]
    public async Task Largest_values_of_a_group_become_rows_again()
    {
        var rows = EngineFixture.Rows(new { K = "a", V = 1 }, new { K = "b", V = 5 }, new { K = "a", V = 3 }, new { K = "a", V = 2 });
        var flow = rows.GroupBy(r => r.K).Aggregate(g => new { K = g.Key, Top = g.Largest(r => r.V, 2) }).Explode(r => r.Top, (r, top) => new { r.K, Top = top });
        var read = await EngineFixture.Reader().ToListAsync(flow.OrderBy(r => r.K), Cancel);
        Assert.Equal([("a", 3), ("a", 2), ("b", 5)], read.Select(r => (r.K, r.Top)));
    }

    [Fact]
    public async Task Lists_of_two_lengths_in_a_row_are_an_error_that_names_both()
    {
        var uneven = EngineFixture.Rows(new { K = 1, A = "x y", B = "x" });
        var error = await Assert.ThrowsAsync<MalformedDataException>(() => ShapeFixture.LinesAsync(
            ((Flow)uneven).Select(Col("a").Split(" ").As("a"), Col("b").Split(" ").As("b")).Explode(["a", "b"])));
        Assert.Contains("'a' has 2 items and 'b' has 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_on_other_columns_moves_below_and_one_on_items_stays()
    {
        var rows = Lists.Random(new Random(5), 40);
        var flow = Flow.From(Lists.Source(rows, 5, 9)).Explode("numbers").Where((Col("key") != "k3") & (Col("numbers") > 20)).Select("numbers");
        Assert.NotEmpty(await ShapeFixture.LinesAsync(flow));
        Assert.Matches(
            @"filter predicate=\(gt \(col ""numbers""\)[\s\S]*explode[\s\S]*filter predicate=\(ne \(col ""key""\)[\s\S]*scan .*columns=\[""key"", ""numbers""\]",
            await ShapeFixture.PlanAsync(flow));
        Assert.Equal(Plans.RecomputeKind.RowLocal, (await ShapeFixture.BindAsync(Flow.From(Lists.Source(rows, 5, 9)).Explode("numbers"))).Recompute.Kind);
    }

    [Fact]
    public async Task Only_lists_can_be_exploded()
    {
        var error = await Assert.ThrowsAsync<PlanException>(async () => await ShapeFixture.BindAsync(Flow.From(Lists.Source([], 1, 1)).Explode("key")));
        Assert.Contains("'key' is utf8; only lists have items", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_itself_is_refused_in_a_typed_row()
    {
        var flow = EngineFixture.Rows(new { K = 1 }).GroupBy(r => r.K).Aggregate(g => new { K = g.Key, Top = g.Largest(r => r.K, 2) });
        var error = Assert.Throws<PlanException>(() => flow.Explode(r => r.Top, (r, item) => new { r.Top, item }));
        Assert.Contains("use the item", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Expected(Lists row, bool keepEmpty)
    {
        if (row.Numbers is not { Length: > 0 } numbers)
            return keepEmpty ? [$"{row.Key}|-|-|-"] : [];
        return numbers.Zip(row.Texts!).Select(p => FormattableString.Invariant(
            $"{row.Key}|{Text(p.First)}|{p.Second ?? "-"}|({Text(p.First)} {p.Second ?? "-"})"));
    }

    private static string Text(int? number) => number is { } value ? FormattableString.Invariant($"{value}") : "-";
}
