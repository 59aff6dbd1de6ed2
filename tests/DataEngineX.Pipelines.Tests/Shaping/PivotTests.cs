using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Shaping;

public sealed class PivotTests
{
    private sealed record Sale(string? Shop, string? Quarter, int? Amount);

    [Fact]
    public async Task Each_value_gets_a_column_of_the_rows_that_have_it()
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var random = new Random(seed);
            Sale[] sales =
            [
                .. Enumerable.Range(0, random.Next(80)).Select(_ => new Sale(
                    random.Next(6) == 0 ? null : $"s{random.Next(5)}", random.Next(6) == 0 ? null : $"q{random.Next(4)}", random.Next(5) == 0 ? null : random.Next(50))),
            ];
            var flow = ((Flow)EngineFixture.Rows(sales)).Pivot(Col("quarter"), ["q1", "q2", Lit(null)], [Aggregate.Sum(Col("amount")), Aggregate.Count()]);
            var actual = await ShapeFixture.LinesAsync(flow.OrderBy(new Plans.OrderKey("shop")), random.Next(1, 20));
            var expected = sales.GroupBy(s => s.Shop).OrderBy(g => g.Key is null).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => string.Join(
                '|', new[] { "q1", "q2", null }.SelectMany(q => Cells([.. g.Where(s => s.Quarter == q)])).Prepend(g.Key ?? "-")));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public async Task Columns_are_named_by_value_and_with_several_aggregates_by_both()
    {
        var sales = (Flow)EngineFixture.Rows(new Sale("a", "q1", 1));
        Assert.Equal("shop, q1, q2", await ShapeFixture.NamesAsync(sales.Pivot(Col("quarter"), ["q1", "q2"], [Aggregate.Sum(Col("amount"))])));
        Assert.Equal("shop, q1_sum_amount, q1_n", await ShapeFixture.NamesAsync(sales.Pivot(
            Col("quarter"), ["q1"], [Aggregate.Sum(Col("amount")), Aggregate.Count().As("n")])));
        Assert.Equal("quarter, 1, 2.5, null", await ShapeFixture.NamesAsync(sales.Derive(Lit(1.0).As("on")).Drop("shop", "amount").Pivot(
            Col("on"), [1, 2.5, Lit(null)], [Aggregate.Count()])));
        Assert.Equal("true, 2024-02-29", await ShapeFixture.NamesAsync(sales.Pivot(Col("shop") == "a", [true], [Aggregate.Count()], [])) + ", "
            + await ShapeFixture.NamesAsync(sales.Pivot(Lit(new DateOnly(2024, 2, 29)), [new DateOnly(2024, 2, 29)], [Aggregate.Count()], [])));
    }

    [Fact]
    public async Task Named_keys_group_and_it_runs_as_a_group_by()
    {
        var sales = (Flow)EngineFixture.Rows(new Sale("a", "q1", 1), new Sale("b", "q1", 2), new Sale("b", "q2", 4));
        var flow = sales.Pivot(Col("quarter"), ["q1", "q2"], [Aggregate.Max(Col("amount"))], []);
        Assert.Equal(["2|4"], await ShapeFixture.LinesAsync(flow));
        Assert.Contains("group_by keys=[] aggregates=[(max \"q1\" (if (eq (col \"quarter\")", await ShapeFixture.PlanAsync(flow), StringComparison.Ordinal);
        Assert.Contains((await ShapeFixture.BindAsync(flow)).Lineage.Columns["q1"], e => e.Column == "amount" && e.Kind == LineageKind.Aggregation);
    }

    [Fact]
    public void Values_that_make_no_name_or_one_name_twice_are_refused()
    {
        var sales = (Flow)EngineFixture.Rows(new Sale("a", "q1", 1));
        Assert.Contains("'q1' is made twice", Refused(() => sales.Pivot(Col("quarter"), ["q1", "q1"], [Aggregate.Count()])), StringComparison.Ordinal);
        Assert.Contains("'1' is made twice", Refused(() => sales.Pivot(Col("quarter"), ["1", 1], [Aggregate.Count()])), StringComparison.Ordinal);
        Assert.Contains("makes no name", Refused(() => sales.Pivot(Col("quarter"), [" "], [Aggregate.Count()])), StringComparison.Ordinal);
        Assert.Contains("makes no name", Refused(() => sales.Pivot(Col("quarter"), ["a\nb"], [Aggregate.Count()])), StringComparison.Ordinal);
        Assert.Contains("give literals", Refused(() => sales.Pivot(Col("quarter"), [Col("shop")], [Aggregate.Count()])), StringComparison.Ordinal);
        Assert.Contains("'shop' is made twice", Refused(() => sales.Pivot(Col("quarter"), ["shop"], [Aggregate.Count()], ["shop"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_another_type_is_an_error_of_the_pivot()
    {
        var flow = ((Flow)EngineFixture.Rows(new Sale("a", "q1", 1))).Pivot(Col("amount"), ["q1"], [Aggregate.Count()]);
        var error = await Assert.ThrowsAsync<PlanException>(async () => await ShapeFixture.BindAsync(flow));
        Assert.Equal("pivot", error.Operator);
    }

    private static string Refused(Func<Flow> describe) => Assert.Throws<PlanException>(describe).Message;

    private static string[] Cells(Sale[] sales)
    {
        var amounts = sales.Select(s => s.Amount).OfType<int>().ToList();
        return [amounts.Count == 0 ? "-" : FormattableString.Invariant($"{amounts.Sum()}"), FormattableString.Invariant($"{sales.Length}")];
    }
}
