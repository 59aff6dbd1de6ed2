using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.PublicApi.Tests;

/// <summary>Everything an outsider may add works beside what is built in, through public members only.</summary>
public sealed class OutsiderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_of_ones_own_runs_explains_and_has_lineage()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("kelvin", p =>
        {
            var rows = p.ReadRows("readings", Readings.Three);
            return rows.With(new ToKelvinNode(rows.Node, "temp")).Where(r => r.Temp > -274).AppendTo(Layer.Bronze, "kelvin");
        }));
        var run = await lake.RunAsync("kelvin", Cancel);
        Assert.Equal((RunState.Succeeded, 2L, 1L), (run.State, run.Rows.Written, run.Rows.Filtered));
        var rows = await lake.ReadAsync<Kelvin>(Layer.Bronze, "kelvin", Cancel);
        Assert.Equal([283.15, 293.15], rows.Select(r => r.TempK));
        var evidence = await lake.State.Metadata.GetEvidenceAsync(DatasetId.Table(Layer.Bronze, "kelvin"), Cancel);
        Assert.Equal("temp", evidence!.Lineage!.Columns.Single(c => c.Name == "temp_k").From.Single().Column);
        var plan = await ((IPipelineRunner)lake.Services.GetService(typeof(IPipelineRunner))!).PlanAsync("kelvin", Cancel);
        Assert.Contains("to_kelvin column=\"temp\"", plan.Explain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_and_a_target_of_ones_own_run_incrementally_and_idempotently()
    {
        List<Reading> rows = [.. Readings.Three];
        var target = new CollectingTarget();
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("collect", p => p.Read<Reading>(new ListSource(rows)).Incremental().Into(target)));
        Assert.Equal(3, (await lake.RunAsync("collect", Cancel)).Rows.Written);
        Assert.False((await lake.RunAsync("collect", Cancel)).Published);
        rows.Add(new Reading("c", 1));
        Assert.Equal(1, (await lake.RunAsync("collect", Cancel)).Rows.Read);
        Assert.Equal(["a", "b", "a", "c"], target.Stations);
    }

    [Fact]
    public async Task A_rule_of_ones_own_gets_verdict_and_quarantine_for_nothing()
    {
        Reading[] rows = [new("ab", 1), new("abc", 2), new("abcd", 3)];
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("checked", p => p.ReadRows("rows", rows)
            .Check(q => q.Add(new EvenLengthRule("station")).OnFailure(Gate.Quarantine)).AppendTo(Layer.Silver, "checked").Unkeyed("a test")));
        var run = await lake.RunAsync("checked", Cancel);
        Assert.Equal((RunState.Succeeded, 2L, 1L), (run.State, run.Rows.Written, run.Rows.Quarantined));
        var verdict = Assert.Single(run.Verdicts);
        Assert.Equal(("even_length", VerdictOutcome.Fail, 1L), (verdict.Rule, verdict.Outcome, verdict.Failed));
        var quarantined = Assert.Single(await lake.ReadAsync<Quarantined>(Layer.Quarantine, "checked", Cancel));
        Assert.Equal(("even_length", "station", "abc"), (quarantined.Rule, quarantined.Column, quarantined.Value));
    }

    private sealed record Quarantined(string Rule, string? Column, string? Value);
}
