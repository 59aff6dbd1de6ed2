using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Pipelines.Tests.Running;

/// <summary>Runs that publish in steps: one run to whoever asks, taken up after its last step when it was cut off.</summary>
public sealed class CheckpointTests
{
    /// <summary>What each step of a run passes, as far as a fault there ends in the record.</summary>
    private static readonly string[] Steps =
    [
        FailpointNames.RunStarted, FailpointNames.InputsPinned, FailpointNames.FirstBatchRead, FailpointNames.DataFileOpen, FailpointNames.DataFileClosed,
        FailpointNames.DataFilesWritten, FailpointNames.BeforeQuarantineCommit, FailpointNames.QuarantineCommitted, FailpointNames.BeforeTargetCommit,
        FailpointNames.BeforeConflictCheck, FailpointNames.BeforeLogEntry, FailpointNames.LogEntryWritten, FailpointNames.TargetCommitted, FailpointNames.EvidenceSaved,
    ];

    private readonly InMemoryState _state = new();
    private int _feeds;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed record Reading(long Id, int Value);

    public sealed record Fed(long Id, int Value, string? Extra);

    public static TheoryData<string, int> Places()
    {
        var places = new TheoryData<string, int>();
        foreach (var place in Steps)
        {
            places.Add(place, 1);
            places.Add(place, 2);
            places.Add(place, 4);
        }

        return places;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_publishes_in_steps_and_is_one_run(bool appends)
    {
        await FeedAsync(5);
        await using var lake = Lake(appends);
        var plan = await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("out", Cancel);
        Assert.Contains("checkpoints: after 15 new rows; 3 steps, the first to 1", plan.Explain, StringComparison.Ordinal);

        var run = await lake.RunAsync("out", Cancel);

        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((3, "2", 50L, 40L, 10L), (run.Steps, run.Version, run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal((null, "4"), (run.Inputs.Single().Since, run.Inputs.Single().Position));
        var cost = lake.Statistics[^1];
        Assert.Equal((50L, 10L), (cost.Operators.Where(o => o.IsSource).Sum(o => o.Rows[Plans.RowFlow.In]), cost.Operators.Sum(o => o.Rows[Plans.RowFlow.Quarantined])));
        Assert.Single(cost.Operators, o => o.IsSource);
        Assert.All(cost.Operators, o => Assert.True(o.Rows.IsBalanced));
        Assert.StartsWith("step 3 of 3", cost.Explain, StringComparison.Ordinal);
        Assert.Equal(Expected(5), await IdsAsync(lake));
        Assert.Equal(10, (await lake.ReadAsync<Aside>(Layer.Quarantine, "out", Cancel)).Count);
        Assert.Equal((0, null), await StepsAsync(lake));
        await FeedAsync(1);
        Assert.Equal((1, "3"), await StepsAsync(lake));
        Assert.Equal(Expected(6), await IdsAsync(lake));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_run_that_was_cut_off_is_taken_up_after_its_last_step(string place, int pass)
    {
        await FeedAsync(6);
        RunRecord cut;
        await using (var lake = Lake(appends: true, new AfterPasses(place, pass)))
            cut = await lake.RunAsync("out", Cancel);
        await using var next = Lake(appends: true);
        var before = (await VersionAsync(next) ?? -1) + 1;
        var run = await next.RunAsync("out", Cancel);

        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(Expected(6), await IdsAsync(next));
        Assert.Equal(12, (await next.ReadAsync<Aside>(Layer.Quarantine, "out", Cancel)).Select(a => a.Row).Distinct().Count());
        Assert.Equal(12, (await next.ReadAsync<Aside>(Layer.Quarantine, "out", Cancel)).Count);

        // What was published is not read again: all steps together are those of a run that nothing cut off.
        Assert.Equal(3, before + run.Steps);
        Assert.Equal(60 - (20 * before), run.Rows.Read);
        if (cut.State == RunState.Failed)
            Assert.InRange(before, 0, 3);
    }

    [Fact]
    public async Task Nothing_is_cut_before_a_commit_that_took_rows_away()
    {
        await FeedAsync(4);
        await (await TableAsync("in")).ApplyAsync(new DeleteRows(Expressions.Columns.Col("id") == 5L), Cancel);
        await FeedAsync(2);
        await using var lake = Lake(appends: true);
        var run = await lake.RunAsync("out", Cancel);

        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((2, 59L), (run.Steps, run.Rows.Read));
        Assert.Equal(Expected(6).Where(i => i != 5), await IdsAsync(lake));
    }

    [Fact]
    public async Task A_transient_fault_tries_the_step_again_and_a_budget_counts_all_of_them()
    {
        await FeedAsync(4);
        await using var lake = Lake(appends: true, new AfterPasses(FailpointNames.BeforeTargetCommit, 2, transient: true), e => e.Retry(2, TimeSpan.FromMilliseconds(1)));
        var run = await lake.RunAsync("out", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((2, 40L), (run.Steps, run.Rows.Read));
        Assert.Single(run.Faults);
        Assert.Equal(Expected(4), await IdsAsync(lake));

        await FeedAsync(4);
        await using var strict = Lake(appends: true, null, e => e.ErrorBudget(rows: 6));
        var stopped = await strict.RunAsync("out", Cancel);
        Assert.Equal((RunState.Failed, 1), (stopped.State, stopped.Steps));
        Assert.Contains(stopped.Verdicts, v => v is { Rule: "error_budget", Outcome: VerdictOutcome.Fail, Failed: 8 });
    }

    [Fact]
    public async Task Partitions_are_steps_too()
    {
        _state.Clock.SetUtcNow(new(2015, 1, 11, 0, 0, 0, TimeSpan.Zero));
        var days = Enumerable.Range(1, 10).Select(d => new Daily(new(2015, 1, d), d)).ToArray();
        Func<IFailpoints?, InMemoryLakehouse> open = failpoints => new(
            dex => dex.AddPipeline("in", p => p.ReadRows("days", days).AppendTo(Layer.Bronze, "days"))
                .AddPipeline("daily", p => p.ReadTable<Daily>(Layer.Bronze, "days").Partitioned(d => d.Day, Partitioning.Daily(new(2015, 1, 1)))
                    .ReplaceTable(Layer.Gold, "daily").Checkpoints(partitions: 4)),
            _state, failpoints);
        await using (var cut = open(new AfterPasses(FailpointNames.BeforeTargetCommit, 3)))
        {
            await cut.RunAsync("in", Cancel);
            var failed = await cut.RunAsync("daily", Cancel);
            Assert.Equal((RunState.Failed, 1), (failed.State, failed.Steps));
        }

        await using var lake = open(null);
        var plan = await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("daily", Cancel);
        Assert.Contains("checkpoints: after 4 partitions; the first step is 2015-01-05..2015-01-08, then 2015-01-09..2015-01-10", plan.Explain, StringComparison.Ordinal);
        var run = await lake.RunAsync("daily", Cancel);
        Assert.Equal((RunState.Succeeded, 2, "2015-01-05..2015-01-10", 6L), (run.State, run.Steps, run.Partition, run.Rows.Written));
        Assert.Equal(days, (await lake.ReadAsync<Daily>(Layer.Gold, "daily", Cancel)).OrderBy(d => d.Day));
    }

    [Fact]
    public void Checkpoints_come_after_something()
    {
        var end = Flow.Table(Layer.Bronze, "in").AppendTo(Layer.Silver, "out");
        Assert.Throws<ArgumentException>(() => end.Checkpoints());
        Assert.Throws<ArgumentOutOfRangeException>(() => end.Checkpoints(rows: 0));
    }

    private static IEnumerable<long> Expected(int feeds) => Enumerable.Range(0, feeds * 10).Where(i => i % 5 != 4).Select(i => (long)i);

    private static async Task<IEnumerable<long>> IdsAsync(InMemoryLakehouse lake) => (await lake.ReadAsync<Reading>(Layer.Silver, "out", Cancel)).Select(r => r.Id).Order();

    private static async Task<long?> VersionAsync(InMemoryLakehouse lake) =>
        await lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, "out"), Cancel) is { } table ? (await table.GetSnapshotAsync(null, Cancel)).Version : null;

    private static async Task<(int, string?)> StepsAsync(InMemoryLakehouse lake)
    {
        var run = await lake.RunAsync("out", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        return (run.Steps, run.Version);
    }

    private async Task<ITable> TableAsync(string name)
    {
        await using var lake = new InMemoryLakehouse(_ => { }, _state);
        return (await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, name), Cancel))!;
    }

    private async Task FeedAsync(int times)
    {
        for (; times > 0; times--)
        {
            var name = $"feed{_feeds}";
            var rows = Enumerable.Range(_feeds++ * 10, 10).Select(i => new Fed(i, i % 5, i % 5 == 4 ? "x" : null)).ToArray();
            await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline(name, p => p.ReadRows(name, rows).AppendTo(Layer.Bronze, "in")), _state);
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync(name, Cancel)).State);
        }
    }

    private InMemoryLakehouse Lake(bool appends, IFailpoints? failpoints = null, Func<PipelineEnd<Fed>, PipelineEnd<Fed>>? more = null) => new(
        dex => dex.AddPipeline("out", p =>
        {
            // Rows that have a value in a column of which the contract knows nothing are set aside.
            var rows = p.ReadTable<Fed>(Layer.Bronze, "in").Incremental();
            var end = (appends ? rows.AppendTo(Layer.Silver, "out").Unkeyed("a test") : rows.UpsertInto(Layer.Silver, "out", r => r.Id))
                .Contract(c => c.NewColumns(ContractMode.DiscardRow).Promises<Reading>()).Checkpoints(rows: 15);
            return more is null ? end : more(end);
        }),
        _state, failpoints);

    private sealed record Aside(string Row);

    private sealed record Daily(DateOnly Day, int Value);

    /// <summary>Fails at the n-th pass of a place.</summary>
    private sealed class AfterPasses(string place, int passes, bool transient = false) : IFailpoints
    {
        private int _left = passes;

        public ValueTask HitAsync(string name, CancellationToken cancellationToken = default) => name == place && Interlocked.Decrement(ref _left) == 0
            ? throw (transient ? new TimeoutException("a fault that passes") : new DataEngineXException($"cut off at {place}"))
            : ValueTask.CompletedTask;
    }
}
