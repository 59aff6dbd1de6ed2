using DataEngineX.Testing;

namespace DataEngineX.Pipelines.Tests.Running;

public sealed record Bronze(string Station, DateOnly Day, double Temp);

/// <summary>The runner over real Delta tables in memory: run key, cursor, incremental reads, row accounts, lineage and leases.</summary>
public sealed class RunnerTests
{
    private static readonly Bronze[] Days = [new("a", new(2015, 1, 1), 1), new("b", new(2015, 1, 1), 2), new("a", new(2015, 1, 2), 3)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_publishes_rows_and_the_same_run_again_changes_nothing()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("bronze", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days")));
        var first = await lake.RunAsync("bronze", Cancel);
        Assert.Equal((RunState.Succeeded, "0", 3L, 3L), (first.State, first.Version, first.Rows.Read, first.Rows.Written));
        var second = await lake.RunAsync("bronze", Cancel);
        Assert.Equal((RunState.Succeeded, (string?)null, 0L), (second.State, second.Version, second.Rows.Written));
        Assert.Equal(first.RunKey, second.RunKey);
        Assert.Equal(Days, await lake.ReadAsync<Bronze>(Layer.Bronze, "days", Cancel));
    }

    [Fact]
    public async Task An_incremental_pipeline_reads_what_is_new_since_its_last_commit()
    {
        var state = new InMemoryState();
        await using (var lake = new InMemoryLakehouse(Chain(Days), state))
        {
            Assert.Equal(3, (await lake.RunAsync("bronze", Cancel)).Rows.Written);
            Assert.Equal(3, (await lake.RunAsync("silver", Cancel)).Rows.Read);
        }

        await using (var lake = new InMemoryLakehouse(Chain([new("a", new(2015, 1, 2), 30), new("c", new(2015, 1, 3), 4)]), state))
        {
            await lake.RunAsync("bronze", Cancel);
            var silver = await lake.RunAsync("silver", Cancel);
            Assert.Equal((2L, 2L), (silver.Rows.Read, silver.Rows.Written));
            var rows = await lake.ReadAsync<Bronze>(Layer.Silver, "days", Cancel);
            Assert.Equal(["a1", "a30", "b2", "c4"], rows.Select(r => $"{r.Station}{r.Temp}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_pipeline_above_a_missing_table_binds_against_the_pipeline_that_will_write_it()
    {
        await using var lake = new InMemoryLakehouse(Chain(Days));
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.False(run.Published);
    }

    [Fact]
    public async Task An_error_in_a_row_fails_the_run_and_publishes_nothing()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("bad", p => ((Flow)p.ReadRows("days", Days))
            .Select("station", Expressions.Columns.Col("station").Cast(Apache.Arrow.Types.Int32Type.Default).As("n")).AppendTo(Layer.Bronze, "days")));
        var run = await lake.RunAsync("bad", Cancel);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("a", run.Error, StringComparison.Ordinal);
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "days"), Cancel));
    }

    [Fact]
    public async Task A_stateful_operator_above_an_incremental_read_does_not_bind()
    {
        await using var lake = new InMemoryLakehouse(dex => dex
            .AddPipeline("bronze", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days"))
            .AddPipeline("silver", p => p.ReadTable<Bronze>(Layer.Bronze, "days").Incremental().DistinctBy(r => r.Station).AppendTo(Layer.Silver, "days").Unkeyed("a test")));
        await lake.RunAsync("bronze", Cancel);
        var run = await lake.RunAsync("silver", Cancel);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("distinct", run.Error, StringComparison.Ordinal);
        Assert.Contains("incremental", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_accounted_for_at_every_operator()
    {
        var other = new[] { new { Station = "a", Name = "x" }, new { Station = "a", Name = "y" }, new { Station = "z", Name = "z" } };
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("all", p => p.ReadRows("days", Days)
            .Where(r => r.Temp > 1)
            .Union(p.ReadRows("more", Days))
            .Join(p.ReadRows("names", other), l => l.Station, r => r.Station, (l, r) => new { l.Station, r.Name, l.Temp })
            .GroupBy(r => r.Name).Aggregate(g => new { Name = g.Key, Mean = g.Mean(r => r.Temp) })
            .OrderBy(r => r.Name)
            .ReplaceTable(Layer.Gold, "all")));
        var run = await lake.RunAsync("all", Cancel);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.All(lake.Statistics[0].Operators, o => Assert.True(o.Rows.IsBalanced, o.Operator));
        Assert.Equal(run.Rows.Read + run.Rows.Generated, run.Rows.Written + run.Rows.Filtered + run.Rows.Quarantined);
    }

    [Fact]
    public async Task Column_lineage_of_the_published_version_is_kept_as_evidence()
    {
        await using var lake = new InMemoryLakehouse(Chain(Days));
        await lake.RunAsync("bronze", Cancel);
        await lake.RunAsync("silver", Cancel);
        var evidence = await lake.State.Metadata.GetEvidenceAsync(DatasetId.Table(Layer.Silver, "days"), Cancel);
        var temp = evidence!.Lineage!.Columns.Single(c => c.Name == "temp");
        Assert.Equal(new ColumnOrigin(DatasetId.Table(Layer.Bronze, "days"), "temp", LineageKind.Identity), temp.From.Single());
        Assert.Contains(evidence.Lineage.Indirect, o => o is { Column: "temp", Kind: LineageKind.Filter });
    }

    [Fact]
    public async Task Cancellation_ends_the_run_as_cancelled_with_nothing_published_or_held()
    {
        using var stop = new CancellationTokenSource();
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("slow", p => p.Read<Bronze>(new EndlessSource(stop)).AppendTo(Layer.Bronze, "days")));
        var run = await lake.RunAsync("slow", stop.Token);
        Assert.Equal(RunState.Cancelled, run.State);
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "days"), Cancel));
    }

    [Fact]
    public async Task Two_runs_of_one_pipeline_never_work_at_once_and_tokens_grow()
    {
        var state = new InMemoryState();
        await using var one = new InMemoryLakehouse(Chain(Days), state);
        await using var two = new InMemoryLakehouse(Chain(Days), state);
        var runs = await Task.WhenAll(one.RunAsync("bronze", Cancel), two.RunAsync("bronze", Cancel));
        Assert.Single(runs, r => r.Published);
        Assert.Equal(3, (await one.ReadAsync<Bronze>(Layer.Bronze, "days", Cancel)).Count);
    }

    [Fact]
    public async Task Plan_tells_what_a_run_would_do_without_doing_it()
    {
        await using var lake = new InMemoryLakehouse(Chain(Days));
        var runner = (IPipelineRunner)lake.Services.GetService(typeof(IPipelineRunner))!;
        var plan = await runner.PlanAsync("bronze", Cancel);
        Assert.True(plan.HasWork);
        Assert.Contains("append bronze/days", plan.Explain, StringComparison.Ordinal);
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "days"), Cancel));
        Assert.Equal(plan.RunKey, (await lake.RunAsync("bronze", Cancel)).RunKey);
        Assert.False((await runner.PlanAsync("bronze", Cancel)).HasWork);
    }

    [Fact]
    public void Pipelines_that_read_each_other_in_a_circle_are_refused()
    {
        using var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection().BuildCatalog(
            ("one", p => p.ReadTable(Layer.Silver, "two").ReplaceTable(Layer.Silver, "one").Unkeyed("a test")),
            ("two", p => p.ReadTable(Layer.Silver, "one").ReplaceTable(Layer.Silver, "two").Unkeyed("a test")));
        var error = Assert.Throws<PlanException>(() => services.Catalog());
        Assert.Contains("one -> two -> one", error.Message, StringComparison.Ordinal);
    }

    private static Action<IDataEngineXBuilder> Chain(Bronze[] rows) => dex => dex
        .AddPipeline("bronze", p => p.ReadRows("days", rows).AppendTo(Layer.Bronze, "days"))
        .AddPipeline("silver", p => p.ReadTable<Bronze>(Layer.Bronze, "days").Incremental().Where(r => r.Temp < 100)
            .UpsertInto(Layer.Silver, "days", r => new { r.Station, r.Day }));
}
