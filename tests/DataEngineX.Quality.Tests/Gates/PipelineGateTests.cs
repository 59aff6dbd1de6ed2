using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Quality.Tests.Gates;

/// <summary>Gates inside real runs: with engine, tables and quarantine.</summary>
public class PipelineGateTests
{
    private static readonly Reading[] Input =
    [
        new("a", 1, 20), new("a", 2, 99), new("b", 1, 21), new("b", 1, 22), new(null, 3, 23), new("c", 1, null),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Reading(string? Station, long Day, double? TempC);

    private sealed record Quarantined(string Operator, string Rule, string? Column, string? Value, string? Row);

    [Fact]
    public async Task A_quarantine_publishes_good_rows_and_accounts_for_the_others()
    {
        await using var lake = Lake(q => q
            .NotNull(r => r.Station)
            .Between(r => r.TempC, -90, 60).Mostly(0.8)
            .Unique(r => new { r.Station, r.Day })
            .OnFailure(Gate.Quarantine));
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal((RunState.Succeeded, 6L, 2L, 4L), (run.State, run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal([VerdictOutcome.Fail, VerdictOutcome.Pass, VerdictOutcome.Fail], run.Verdicts.Select(v => v.Outcome));
        Assert.Equal(["a", "c"], (await lake.ReadAsync<Reading>(Layer.Silver, "readings", Cancel)).Select(r => r.Station));
        var quarantined = await lake.ReadAsync<Quarantined>(Layer.Quarantine, "silver", Cancel);
        Assert.Equal(["between", "unique", "unique", "not_null"], quarantined.Select(q => q.Rule));
        Assert.Equal("{\"station\":\"a\",\"day\":2,\"temp_c\":99}", quarantined[0].Row);

        var plan = await ((IPipelineRunner)lake.Services.GetService(typeof(IPipelineRunner))!).PlanAsync("silver", Cancel);
        Assert.Matches("(?i)check .*buffered", plan.Explain);
        Assert.DoesNotContain(quarantined, q => q.Operator != "check");
    }

    [Fact]
    public async Task A_stopped_run_publishes_nothing_and_tells_why()
    {
        await using var lake = Lake(q => q.NotNull(r => r.Station).AtMost(r => r.TempC, 60).Warn());
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal((RunState.Failed, false), (run.State, run.Published));
        Assert.Contains("not_null(station) failed: 1 of 6 failed", run.Error);
        Assert.DoesNotContain("between", run.Error);
        Assert.Equal(2, run.Verdicts.Count);
        Assert.Empty(await lake.ReadAsync<Reading>(Layer.Silver, "readings", Cancel));
    }

    [Fact]
    public async Task A_gate_that_warns_publishes_all_rows()
    {
        await using var lake = Lake(q => q.NotNull(r => r.Station).OnFailure(Gate.Warn));
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal((RunState.Succeeded, 6L, 0L), (run.State, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal(VerdictOutcome.Fail, Assert.Single(run.Verdicts).Outcome);
    }

    [Fact]
    public async Task A_table_is_checked_without_a_pipeline()
    {
        await using var lake = Lake(q => q.RowCount(6));
        await lake.RunAsync("silver", Cancel);
        var table = await lake.Tables.FindAsync(DatasetId.Table(Layer.Silver, "readings"), Cancel);
        var suite = new QualityBuilder().NotNull("station").Critical().Unique("station", "day").RowCount(6, 6).OnFailure(Gate.Quarantine).Build();
        var result = await suite.CheckAsync(table!, options: new CheckOptions { Clock = lake.Clock }, cancellationToken: Cancel);
        Assert.False(result.Success);
        Assert.Equal([(6L, 1L), (6L, 2L), (1L, 0L)], result.Verdicts.Select(v => (v.Checked, v.Failed)));
        Assert.Equal("not_null", Assert.Single(result.Stopping).Rule);
    }

    private static InMemoryLakehouse Lake(Func<QualityBuilder<Reading>, QualityBuilder<Reading>> rules) =>
        new(dex => dex.AddPipeline("silver", p => p.ReadRows("readings", Input).Check(rules).AppendTo(Layer.Silver, "readings").Unkeyed("a test")));
}
