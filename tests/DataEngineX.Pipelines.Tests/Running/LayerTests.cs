using System.Text.RegularExpressions;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Pipelines.Tests.Running;

/// <summary>What the layers promise is demanded when pipelines are described.</summary>
public sealed class LayerTests
{
    private static readonly Bronze[] Days = [new("a", new(2015, 1, 1), 1), new("b", new(2015, 1, 1), 2)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_layer_says_what_to_write_instead()
    {
        foreach (var (end, said) in new (Func<PipelineBuilder, PipelineEnd>, string)[]
        {
            (p => p.ReadRows("days", Days).ReplaceTable(Layer.Bronze, "days"), "bronze only grows"),
            (p => p.ReadRows("days", Days).UpsertInto(Layer.Bronze, "days", r => r.Station), "bronze only grows"),
            (p => p.ReadRows("days", Days).AppendTo(Layer.Raw, "days"), "IngestInto"),
            (p => p.ReadRows("days", Days).AppendTo(Layer.Quarantine, "days"), "by the engine alone"),
            (p => p.ReadRows("days", Days).AppendTo(Layer.Silver, "days"), "UpsertInto, InsertOnlyInto or HistoryInto"),
            (p => p.ReadRows("days", Days).ReplaceTable(Layer.Silver, "days"), "KeyedBy"),
            (p => p.ReadRows("days", Days).DeleteInsertInto(Layer.Silver, "days", r => r.Station), "KeyedBy"),
            (p => p.ReadRows("days", Days).MergeInto(Layer.Silver, "days", ["station"], [MergeClause.WhenNotMatchedInsert()]), "KeyedBy"),
            (p => p.ReadRows("days", Days).AppendTo(Layer.Silver, "days").KeyedBy(r => r.Station), "what is there stays"),
            (p => p.ReadRows("days", Days).ReplaceWhere(Layer.Silver, "days", r => r.Station == "a").KeyedBy(r => r.Station), "stay beside the new ones"),
            (p => p.ReadRows("days", Days).ReplacePartitions(Layer.Silver, "days", r => r.Day).KeyedBy(r => r.Station), "'day' as well"),
            (p => p.ReadRows("days", Days).DeleteInsertInto(Layer.Silver, "days", r => r.Station).KeyedBy(r => r.Day), "name the same one"),
            (p => p.ReadRows("days", Days).ReplaceTable(Layer.Silver, "days").KeyedBy([]), "at least one column"),
        })
        {
            using var services = new ServiceCollection().BuildCatalog(("days", end));
            var error = Assert.Throws<PlanException>(() => services.Catalog());
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
            Assert.Contains("'days'", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("partitions")]
    [InlineData("delete-insert")]
    [InlineData("merge")]
    [InlineData("upsert")]
    [InlineData("insert only")]
    public async Task Silver_holds_one_row_of_each_key(string end)
    {
        var state = new InMemoryState();
        foreach (var rows in new[] { new Bronze[] { new("a", new(2015, 1, 1), 1), new("b", new(2015, 1, 1), 2), new("a", new(2015, 1, 1), 3) }, [new("a", new(2015, 1, 1), 4), new("b", new(2015, 1, 1), 5), new("b", new(2015, 1, 1), 5)] })
        {
            await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("days", p => Keyed(p.ReadRows("days", rows), end)), state);
            var run = await lake.RunAsync("days", Cancel);
            Assert.True(run.State == RunState.Succeeded, run.Error);
        }

        await using var read = new InMemoryLakehouse(_ => { }, state);
        var last = end == "insert only" ? 2.0 : 5.0;
        Assert.Equal([("a", end == "insert only" ? 1.0 : 4.0), ("b", last)], (await read.ReadAsync<Bronze>(Layer.Silver, "days", Cancel)).Select(r => (r.Station, r.Temp)).Order());
    }

    [Theory]
    [InlineData("delete-insert")]
    [InlineData("merge")]
    public async Task New_rows_alone_leave_the_last_row_of_each_key(string end)
    {
        var state = new InMemoryState();
        var feeds = new Bronze[][] { [new("a", new(2015, 1, 1), 1), new("a", new(2015, 1, 1), 2)], [new("b", new(2015, 1, 1), 3), new("a", new(2015, 1, 1), 4), new("a", new(2015, 1, 2), 5)] };
        foreach (var (index, rows) in feeds.Index())
        {
            await using var lake = new InMemoryLakehouse(
                dex => dex.AddPipeline($"feed{index}", p => p.ReadRows($"feed{index}", rows).AppendTo(Layer.Bronze, "in")), state);
            Assert.Equal(RunState.Succeeded, (await lake.RunAsync($"feed{index}", Cancel)).State);
            await using var silver = new InMemoryLakehouse(
                dex => dex.AddPipeline("days", p => Keyed(p.ReadTable<Bronze>(Layer.Bronze, "in").Incremental(), end)), state);
            var run = await silver.RunAsync("days", Cancel);
            Assert.True(run.State == RunState.Succeeded, run.Error);
        }

        await using var read = new InMemoryLakehouse(_ => { }, state);
        Assert.Equal([("a", 5.0), ("b", 3.0)], (await read.ReadAsync<Bronze>(Layer.Silver, "days", Cancel)).Select(r => (r.Station, r.Temp)).Order());
    }

    [Fact]
    public async Task New_rows_alone_do_not_bind_where_they_would_take_others_away()
    {
        var state = new InMemoryState();
        await using (var lake = new InMemoryLakehouse(dex => dex.AddPipeline("feed", p => p.ReadRows("feed", Days).AppendTo(Layer.Bronze, "in")), state))
            await lake.RunAsync("feed", Cancel);
        foreach (var (end, said) in new (Func<Flow<Bronze>, PipelineEnd>, string)[]
        {
            (f => f.ReplacePartitions(Layer.Gold, "out", r => r.Day), "each partition with these only"),
            (f => f.DeleteInsertInto(Layer.Gold, "out", r => r.Station), "each key with these only"),
        })
        {
            await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("out", p => end(p.ReadTable<Bronze>(Layer.Bronze, "in").Incremental())), state);
            Assert.Contains(said, (await lake.RunAsync("out", Cancel)).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_plan_says_what_the_key_is_and_a_flow_that_has_it_is_left_alone()
    {
        await using var lake = new InMemoryLakehouse(dex => dex
            .AddPipeline("distinct", p => p.ReadRows("days", Days).DistinctBy(r => r.Station).Where(r => r.Station != "x").ReplaceTable(Layer.Silver, "one").KeyedBy(r => r.Station))
            .AddPipeline("made", p => p.ReadRows("days", Days).ReplaceTable(Layer.Silver, "two").KeyedBy(r => r.Station))
            .AddPipeline("unkeyed", p => p.ReadRows("days", Days).ReplaceTable(Layer.Silver, "three").Unkeyed("events have none")));
        Assert.Equal(2, Regex.Count(await ExplainAsync(lake, "distinct"), "distinct"));
        Assert.Equal(2, Regex.Count(await ExplainAsync(lake, "made"), "distinct"));
        Assert.Contains("key: station; one row of each", await ExplainAsync(lake, "made"), StringComparison.Ordinal);
        Assert.Contains("no key: events have none", await ExplainAsync(lake, "unkeyed"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Layer.Silver, false)]
    [InlineData(Layer.Gold, false)]
    [InlineData(Layer.Bronze, true)]
    public async Task The_columns_of_silver_and_gold_are_frozen_where_nothing_else_is_said(Layer layer, bool isFree)
    {
        var state = new InMemoryState();
        await using (var first = new InMemoryLakehouse(dex => dex.AddPipeline("days", p => p.ReadRows("days", new[] { new { Id = 1L, Note = (string?)"x" } }).AppendTo(layer, "out").Unkeyed("a test")), state))
            Assert.Equal(RunState.Succeeded, (await first.RunAsync("days", Cancel)).State);
        await using var next = new InMemoryLakehouse(dex => dex.AddPipeline("days", p => p.ReadRows("days", new[] { new { Id = 2L } }).AppendTo(layer, "out").Unkeyed("a test")), state);
        var plan = await next.Services.GetRequiredService<IPipelineRunner>().PlanAsync("days", Cancel);
        Assert.True(plan.HasWork);
        var run = await next.RunAsync("days", Cancel);
        Assert.Equal(isFree ? RunState.Succeeded : RunState.Failed, run.State);
        if (!isFree)
        {
            Assert.Contains("- note", run.Error, StringComparison.Ordinal);
            Assert.Contains("frozen unless Contract or Evolve", run.Error, StringComparison.Ordinal);
        }
    }

    private static PipelineEnd Keyed(Flow<Bronze> rows, string end) => end switch
    {
        "replace" => rows.ReplaceTable(Layer.Silver, "days").KeyedBy(r => r.Station),
        "partitions" => rows.ReplacePartitions(Layer.Silver, "days", r => r.Day).KeyedBy(r => new { r.Day, r.Station }),
        "delete-insert" => rows.DeleteInsertInto(Layer.Silver, "days", r => r.Station).KeyedBy(r => r.Station),
        "merge" => rows.MergeInto(Layer.Silver, "days", ["station"], [MergeClause.WhenMatchedUpdate(), MergeClause.WhenNotMatchedInsert()]).KeyedBy("station"),
        "upsert" => rows.UpsertInto(Layer.Silver, "days", r => r.Station),
        _ => rows.InsertOnlyInto(Layer.Silver, "days", r => r.Station),
    };

    private static async Task<string> ExplainAsync(InMemoryLakehouse lake, string pipeline) =>
        (await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync(pipeline, Cancel)).Explain;

    [Fact]
    public async Task Bronze_tells_the_run_of_each_row()
    {
        var state = new InMemoryState();
        var first = await RunAsync(state, Days[..1]);
        var second = await RunAsync(state, Days[1..]);
        await using var lake = new InMemoryLakehouse(_ => { }, state);
        var rows = await lake.ReadAsync<Stamped>(Layer.Bronze, "days", Cancel);
        Assert.Equal([("a", first.Id), ("b", second.Id)], rows.Select(r => (r.Station, r.Run)).OrderBy(r => r.Station, StringComparer.Ordinal));
        Assert.Equal("0", first.Version);
    }

    [Fact]
    public void The_run_is_no_part_of_the_fingerprint()
    {
        using var one = new ServiceCollection().BuildCatalog(("days", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days").WithRunColumn()));
        using var other = new ServiceCollection().BuildCatalog(("days", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days").WithRunColumn()));
        using var without = new ServiceCollection().BuildCatalog(("days", p => p.ReadRows("days", Days).AppendTo(Layer.Bronze, "days")));
        Assert.Equal(one.Catalog().Pipelines[0].Fingerprint, other.Catalog().Pipelines[0].Fingerprint);
        Assert.NotEqual(one.Catalog().Pipelines[0].Fingerprint, without.Catalog().Pipelines[0].Fingerprint);
    }

    private static async Task<RunRecord> RunAsync(InMemoryState state, Bronze[] rows)
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("days", p => p.ReadRows("days", rows).AppendTo(Layer.Bronze, "days").WithRunColumn()), state);
        return await lake.RunAsync("days", Cancel);
    }

    private sealed record Stamped(string Station, [property: ColumnName("_run")] string Run);
}
