using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Quality.Tests.Gates;

/// <summary>An error budget stops a run before it publishes, by share or number, over one run or several.</summary>
public sealed class ErrorBudgetTests
{
    private readonly InMemoryState _state = new();
    private int _version;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Reading(long Id, bool Good);

    [Theory]
    [InlineData(0.2, null, 8, 2, true)]
    [InlineData(0.2, null, 7, 3, false)]
    [InlineData(null, 2L, 1, 2, true)]
    [InlineData(null, 2L, 1000, 3, false)]
    [InlineData(0.5, 2L, 2, 2, true)]
    [InlineData(0.5, 2L, 1, 2, false)]
    public async Task One_run_stays_within_its_share_and_number(double? share, long? rows, int good, int bad, bool publishes)
    {
        var run = await RunAsync(e => e.ErrorBudget(share, rows), good, bad);
        Assert.Equal((publishes, publishes ? RunState.Succeeded : RunState.Failed), (run.Published, run.State));
        var verdict = Assert.Single(run.Verdicts, v => v.Rule == "error_budget");
        Assert.Equal((publishes ? VerdictOutcome.Pass : VerdictOutcome.Fail, (long)bad), (verdict.Outcome, verdict.Failed));
        if (publishes)
            return;
        Assert.Contains(FormattableString.Invariant($"{bad} of {good + bad:N0} rows were set aside in 1 runs, more than"), run.Error, StringComparison.Ordinal);
        await using var lake = Lake(e => e, 0, 0);
        Assert.Empty(await lake.ReadAsync<Reading>(Layer.Silver, "out", Cancel));
    }

    [Fact]
    public async Task Several_runs_share_a_budget_and_old_ones_leave_it()
    {
        Func<PipelineEnd<Reading>, PipelineEnd> budget = e => e.ErrorBudget(rows: 3, runs: 3);
        Assert.True((await RunAsync(budget, 5, 2)).Published);
        Assert.True((await RunAsync(budget, 5, 1)).Published);
        var stopped = await RunAsync(budget, 5, 1);
        Assert.False(stopped.Published);
        Assert.Contains("4 of 19 rows were set aside in 3 runs, more than 3 rows", stopped.Error, StringComparison.Ordinal);
        Assert.True((await RunAsync(budget, 5, 0)).Published);
        Assert.True((await RunAsync(budget, 5, 2)).Published);
    }

    [Fact]
    public async Task Nothing_read_is_not_evaluated_and_the_plan_tells_the_budget()
    {
        await using var lake = Lake(e => e.ErrorBudget(0.01), 1, 0);
        var plan = await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("out", Cancel);
        Assert.Contains("error budget: ", plan.Explain, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Lake(e => e.ErrorBudget(), 1, 0).Services.GetRequiredService<IPipelineCatalog>());
    }

    private async Task<RunRecord> RunAsync(Func<PipelineEnd<Reading>, PipelineEnd> budget, int good, int bad)
    {
        await using var lake = Lake(budget, good, bad);
        return await lake.RunAsync("out", Cancel);
    }

    private InMemoryLakehouse Lake(Func<PipelineEnd<Reading>, PipelineEnd> budget, int good, int bad)
    {
        var rows = Enumerable.Range(0, good + bad).Select(i => new Reading((++_version * 10_000L) + i, i < good)).ToList();
        return new InMemoryLakehouse(
            dex => dex.AddPipeline("out", p => budget(p.ReadRows("in", rows)
                .Check(q => q.Satisfies(r => r.Good).OnFailure(Gate.Quarantine)).AppendTo(Layer.Silver, "out").Unkeyed("a test"))),
            _state);
    }
}
