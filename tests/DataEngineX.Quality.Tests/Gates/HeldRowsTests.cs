using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests.Gates;

/// <summary>A gate that has to hold all rows keeps within the run's memory budget, and what it puts on disk is told.</summary>
public sealed class HeldRowsTests : IDisposable
{
    private const int RowCount = 60_000;

    private readonly string _scratch = Directory.CreateTempSubdirectory("held").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public async Task Rows_of_a_quarantine_that_are_more_than_the_budget_go_to_disk_and_come_back()
    {
        var (plenty, roomy) = await ReadAsync(1L << 30, q => q.Unique("id").OnFailure(Gate.Quarantine));
        var (tight, spilled) = await ReadAsync(6 << 20, q => q.Unique("id").OnFailure(Gate.Quarantine));
        Assert.Equal(0, roomy.SpilledBytes);
        Assert.True(spilled.SpilledBytes > 4 << 20, $"{spilled.SpilledBytes} bytes were put aside");
        Assert.Equal(plenty, tight);
        // Each tenth id is there twice; neither row is good.
        Assert.Equal(RowCount - (2 * RowCount / 10), tight.Count);
        Assert.Equal(RowCount / 10 * 2, spilled.Rows[RowFlow.Quarantined]);
    }

    [Fact]
    public async Task What_rules_put_aside_is_told_of_a_gate_through_which_rows_stream()
    {
        var check = await CheckAsync(Numbers().Check(q => q.Median("x", null, null).OnFailure(Gate.Warn)));
        Assert.True(check.SpilledBytes > 1 << 20, $"{check.SpilledBytes} bytes were put aside");
    }

    [Fact]
    public async Task The_plan_of_a_run_says_how_much_a_gate_spilled()
    {
        var flow = Source().Check(q => q.Unique("id").OnFailure(Gate.Quarantine));
        Assert.Matches("check .*\\[buffered, spills when over its share", await Reader(6 << 20).ExplainAsync(flow, Cancel));
        Assert.Matches("check .*\\[spilled[^\n]*\n[^\n]*\n[^\n]*spilled [0-9.]+ MB", await Reader(6 << 20).ExplainRunAsync(flow, Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch));
    }

    [Fact]
    public async Task References_that_do_not_fit_the_memory_go_to_the_scratch_folder_of_the_run()
    {
        var few = Numbers().Check(q => q.DistributedAs("x", "others").Where(Col("id") < 5).OnFailure(Gate.Warn), new Dictionary<string, Flow> { ["others"] = Numbers() });
        Assert.True((await CheckAsync(few)).SpilledBytes > 1 << 20);
    }

    private async Task<OperatorStatistics> CheckAsync(Flow flow)
    {
        var run = await Reader(9 << 20).OpenAsync(flow, Cancel);
        await foreach (var batch in run.ReadAsync(Cancel))
            batch.Dispose();
        return run.Operators.Single(o => o.Operator == CheckNode.OperatorName);
    }

    /// <summary>Rows with a long text each, some ids twice.</summary>
    private static Item[] Items { get; } =
    [
        .. Enumerable.Range(0, RowCount).Select(i => new Item(
            i % 10 == 9 ? i - 1 : i, i * 7919.0 % 1000, $"a text of a hundred characters or so, which makes rows large enough to be too many for the memory: {i}")),
    ];

    private static Flow Numbers() => Flow.From(new RowsSource<Numbered>("numbers", [.. Enumerable.Range(0, 400_000).Select(i => new Numbered(i, i * 7919.0 % 1000))]));

    private static Flow Source() => Flow.From(new RowsSource<Item>("rows", Items));

    private FlowReader Reader(long budget) => new(
        new DataAccess(null!, null!, TimeProvider.System, null!), new EngineOptions { BatchRows = 4096, Parallelism = 2, MemoryBudgetBytes = budget, ScratchFolder = _scratch });

    private async Task<(List<long> Ids, OperatorStatistics Check)> ReadAsync(long budget, Func<QualityBuilder, QualityBuilder> rules)
    {
        var run = await Reader(budget).OpenAsync(Source().Check(rules), Cancel);
        var ids = new List<long>();
        await foreach (var batch in run.ReadAsync(Cancel))
        {
            using (batch)
                ids.AddRange(((Int64Array)batch.Column(0)).Values);
        }

        return (ids, run.Operators.Single(o => o.Operator == CheckNode.OperatorName));
    }

    private sealed record Numbered(long Id, double X);

    private sealed record Item(long Id, double X, string Text);
}
