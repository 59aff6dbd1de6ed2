using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Pipelines.Tests.Execution;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Planning;

/// <summary>What the optimizer does to a plan, as EXPLAIN shows it. That rows stay the same is shown by the random flows.</summary>
public sealed class OptimizerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Flow Parts => Flow.From(new PartsSource(2, 2, 2));

    [Fact]
    public async Task Explain_shows_the_plan_as_described_and_as_run()
    {
        var text = await EngineFixture.Reader().ExplainAsync(Parts.OrderBy(new OrderKey("row")).Where(Col("row") > 1), Cancel);
        var (described, run) = Halves(text);
        Assert.StartsWith("  filter", described, StringComparison.Ordinal);
        Assert.StartsWith("  sort", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_moves_below_a_sort_and_a_renaming_down_to_the_scan()
    {
        var flow = Parts.Select(Col("row").As("r"), Col("part").As("p")).OrderBy(new OrderKey("r")).Where((Col("r") > 1) & (Col("p") == 0));
        var run = await RunPlanAsync(flow);
        Assert.Matches(@"^  sort .*\n.*\n    select .*\n.*\n      filter .*\n.*\n        scan ", run);
        Assert.Matches(@"scan .*predicate=\(and \(gt \(col ""row""\) .* \(eq \(col ""part""\) ", run);
    }

    [Fact]
    public async Task A_condition_on_a_computed_column_stays_above_and_still_reaches_the_scan()
    {
        var run = await RunPlanAsync(Parts.Select((Col("row") * 2).As("twice")).Where(Col("twice") > 4));
        Assert.Matches(@"^  filter .*\n.*\n    select .*\n.*\n      scan .*predicate=\(gt \(mul", run);
    }

    [Fact]
    public async Task Columns_nobody_wants_are_neither_read_nor_computed()
    {
        var run = await RunPlanAsync(Parts.Derive((Col("row") * 2).As("twice"), Col("text").As("other")).Select(Col("twice").As("twice")));
        Assert.DoesNotContain("other", run, StringComparison.Ordinal);
        Assert.Contains("columns=[\"row\"]", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_reaches_the_scan_through_a_select_and_not_through_a_filter()
    {
        Assert.Contains(" limit=3", await RunPlanAsync(Parts.Select(Col("row").As("row")).Take(3)), StringComparison.Ordinal);
        Assert.DoesNotContain(" limit=3", await RunPlanAsync(Parts.Where(Col("row") > 1).Take(3)), StringComparison.Ordinal);
    }

    private static async Task<string> RunPlanAsync(Flow flow) => Halves(await EngineFixture.Reader().ExplainAsync(flow, Cancel)).Run;

    private static (string Described, string Run) Halves(string text)
    {
        var halves = text.Split("as run:\n");
        return (halves[0]["as described:\n".Length..], halves[1]);
    }
}
