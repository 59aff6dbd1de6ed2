using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Incremental;

/// <summary>A table that was deleted and made anew counts its versions from 0 again: what was done of the old one counts for nothing.</summary>
public sealed class RemadeTableTests
{
    private static readonly DatasetId Target = DatasetId.Table(Layer.Gold, "out");
    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How many versions the new table has beside the three of the old one, of which the pipeline has read all.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task All_rows_of_a_table_made_anew_are_read(int versions)
    {
        await using var lake = Lake(Orders(incremental: true).AppendTo(Layer.Gold, "out"));
        await FillAsync(lake, 0, 3);
        Assert.Equal((true, 3L), Told(await lake.RunAsync("out", Cancel)));

        await DeleteAsync();
        var orders = await FillAsync(lake, 100, versions);
        var plan = await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("out", Cancel);
        Assert.Contains("deleted and made anew", plan.Reason, StringComparison.Ordinal);
        Assert.Equal((true, (long)versions), Told(await lake.RunAsync("out", Cancel)));
        Assert.Equal(3 + versions, (await Content.OfAsync(lake, Target)).Count);
        Assert.False((await lake.RunAsync("out", Cancel)).Published);

        // What comes to the new table later is read as ever, once.
        await orders.AppendAsync(new Order(500, "z", 1));
        Assert.Equal((true, 1L), Told(await lake.RunAsync("out", Cancel)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task What_is_computed_by_key_or_in_full_is_that_of_the_new_table(int versions)
    {
        await using var lake = Lake(ByStation(KeyedReads.Of("orders", true, "station")).ReplaceTable(Layer.Gold, "out"));
        await using var full = Lake(ByStation(Orders(incremental: false)).ReplaceTable(Layer.Gold, "full"), "full");
        await FillAsync(lake, 0, 3);
        await lake.RunAsync("out", Cancel);
        await full.RunAsync("full", Cancel);

        await DeleteAsync();
        await FillAsync(lake, 100, versions);
        var expected = await Content.OfAsync(lake, ByStation(Orders(incremental: false)));
        Assert.Equal((true, (long)versions), Told(await lake.RunAsync("out", Cancel)));
        Assert.Equal(RunState.Succeeded, (await full.RunAsync("full", Cancel)).State);
        Assert.Equal(expected, await Content.OfAsync(lake, Target));
        Assert.Equal(expected, await Content.OfAsync(lake, DatasetId.Table(Layer.Gold, "full")));
        Assert.False((await lake.RunAsync("out", Cancel)).Published);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task All_partitions_of_a_table_made_anew_are_computed(int versions)
    {
        _state.Clock.SetUtcNow(new(2015, 1, 5, 0, 0, 0, TimeSpan.Zero));
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("out", p => p.ReadTable<Daily>(Layer.Bronze, "days").Partitioned(d => d.Day, Partitioning.Daily(new(2015, 1, 1))).ReplaceTable(Layer.Gold, "out")),
            _state);
        await FillDaysAsync(1, 3);
        await lake.RunAsync("out", Cancel);

        await DeleteAsync("bronze/days");
        await FillDaysAsync(100, versions);
        var plan = await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("out", Cancel);
        Assert.Contains("bronze/days was deleted and made anew", plan.Reason, StringComparison.Ordinal);
        Assert.Equal((true, (long)versions), Told(await lake.RunAsync("out", Cancel)));
        Assert.Equal(Enumerable.Range(100, versions), (await lake.ReadAsync<Daily>(Layer.Gold, "out", Cancel)).Select(d => d.Value).Order());
        Assert.False((await lake.RunAsync("out", Cancel)).Published);
    }

    [Fact]
    public async Task A_step_is_taken_up_where_it_ended_and_not_from_the_beginning()
    {
        Action<IDataEngineXBuilder> steps = dex => dex.AddPipeline("out", _ => Orders(incremental: true).AppendTo(Layer.Gold, "out").Checkpoints(rows: 1));
        var failpoints = new ThrowingFailpoints();
        await using (var lake = new InMemoryLakehouse(steps, _state, failpoints))
        {
            await FillAsync(lake, 0, 3);
            await lake.RunAsync("out", Cancel);
            await DeleteAsync();
            await FillAsync(lake, 100, 5);
            failpoints.Arm(FailpointNames.LogEntryWritten);
            Assert.Equal(RunState.Failed, (await lake.RunAsync("out", Cancel)).State);
        }

        await using var next = new InMemoryLakehouse(steps, _state);
        var done = (await Content.OfAsync(next, Target)).Count - 3;
        Assert.InRange(done, 1, 4);
        Assert.Equal((true, 5L - done), Told(await next.RunAsync("out", Cancel)));
        Assert.Equal(8, (await Content.OfAsync(next, Target)).Count);
    }

    [Fact]
    public async Task A_plan_over_the_old_table_is_not_applied_to_the_new_one()
    {
        await using var lake = Lake(Orders(incremental: true).AppendTo(Layer.Gold, "out"));
        await FillAsync(lake, 0, 3);
        var runner = lake.Services.GetRequiredService<IPipelineRunner>();
        var planned = (await runner.PlanAsync("out", Cancel)).Planned;
        await DeleteAsync();
        await FillAsync(lake, 100, 3);

        var run = await runner.RunAsync(new RunRequest("out") { Planned = planned }, null, Cancel);
        Assert.Equal((RunState.Failed, false), (run.State, run.Published));
        Assert.Contains("silver/orders was deleted and made anew", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalog_that_is_open_sees_that_a_table_was_deleted_and_made_anew()
    {
        await using var lake = Lake(Orders(incremental: true).AppendTo(Layer.Gold, "out"));
        await FillAsync(lake, 0, 3);
        var id = DatasetId.Table(Layer.Silver, "orders");
        var old = await (await lake.Tables.FindAsync(id, Cancel))!.IdentifyAsync(1, Cancel);
        Assert.NotEmpty(old!);

        await DeleteAsync();
        Assert.Null(await lake.Tables.FindAsync(id, Cancel));
        await using (var other = Lake(Orders(incremental: true).AppendTo(Layer.Gold, "out")))
            await FillAsync(other, 100, 2);
        var table = await lake.Tables.FindAsync(id, Cancel);
        Assert.Equal(1, (await table!.GetSnapshotAsync(null, Cancel)).Version);
        Assert.Equal(["amount=1 id=100 station=s0", "amount=1 id=101 station=s1"], await Content.OfAsync(lake, id));
        Assert.NotEqual(old, await table.IdentifyAsync(1, Cancel));
        Assert.Equal("", await table.IdentifyAsync(2, Cancel));
    }

    private static Flow Orders(bool incremental) => new(new ScanNode(new TableSource(DatasetId.Table(Layer.Silver, "orders")), isIncremental: incremental));

    private static Flow ByStation(Flow orders) => orders.GroupBy("station").Aggregate(Aggregate.Count().As("n"), Aggregate.Sum(Col("id")).As("ids"));

    private static (bool Published, long Rows) Told(RunRecord run)
    {
        Assert.True(run.State == RunState.Succeeded, run.Error);
        return (run.Published, run.Rows.Written);
    }

    /// <summary>A commit with one row each.</summary>
    private static async Task<Upstream> FillAsync(InMemoryLakehouse lake, int first, int versions)
    {
        var orders = new Upstream(lake, "orders");
        for (var i = 0; i < versions; i++)
            await orders.AppendAsync(new Order(first + i, $"s{i}", 1));
        return orders;
    }

    private async Task FillDaysAsync(int first, int versions)
    {
        for (var i = 0; i < versions; i++)
        {
            Daily[] rows = [new(new(2015, 1, 1 + (i % 4)), first + i)];
            var name = $"days{first + i}";
            await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline(name, p => p.ReadRows(name, rows).AppendTo(Layer.Bronze, "days")), _state);
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync(name, Cancel)).State);
        }
    }

    private async Task DeleteAsync(string folder = "silver/orders")
    {
        var keys = new List<string>();
        await foreach (var info in _state.Objects.ListAsync(folder + "/", cancellationToken: Cancel))
            keys.Add(info.Key);
        foreach (var key in keys)
            await _state.Objects.DeleteAsync(key, Cancel);
    }

    private InMemoryLakehouse Lake(PipelineEnd pipeline, string name = "out") => new(dex => dex.AddPipeline(name, _ => pipeline), _state);

    private sealed record Daily(DateOnly Day, int Value);
}
