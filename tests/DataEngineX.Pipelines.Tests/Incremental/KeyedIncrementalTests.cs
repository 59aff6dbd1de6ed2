using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Incremental;

/// <summary>Incremental reads by key: whatever happens upstream, the target is what a full run would make of it.</summary>
public sealed class KeyedIncrementalTests
{
    private static readonly DatasetId Target = DatasetId.Table(Layer.Gold, "out");

    private static readonly string[] Places =
    [
        FailpointNames.RunStarted, FailpointNames.DataFileOpen, FailpointNames.DataFilesWritten, FailpointNames.BeforeTargetCommit,
        FailpointNames.LogEntryWritten, FailpointNames.TargetCommitted,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Plans()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in Shapes.Keys)
        {
            for (var seed = 1; seed <= 4; seed++)
                data.Add(name, seed);
        }

        return data;
    }

    private static Dictionary<string, Func<bool, Flow>> Shapes { get; } = new(StringComparer.Ordinal)
    {
        ["rows"] = keyed => KeyedReads.Of("orders", keyed, "id").Where(Col("amount") > 3L).Select("id", "station", (Col("amount") * 2L).As("twice")),
        ["group"] = keyed => KeyedReads.Of("orders", keyed, "station").Where(Col("amount") > 1L)
            .GroupBy("station").Aggregate(Aggregate.Count().As("n"), Aggregate.Sum(Col("amount")).As("total")),
        ["finer_group"] = keyed => KeyedReads.Of("orders", keyed, "station")
            .GroupBy("amount", "station").Aggregate(Aggregate.Count().As("n")).Where(Col("n") < 3L),
        ["window"] = keyed => KeyedReads.Of("orders", keyed, "station")
            .Window(["station"], [new("id")], [WindowColumn.RunningSum(Col("amount")).As("so_far")]),
        ["distinct"] = keyed => KeyedReads.Of("orders", keyed, "station").Select("station", "amount").Distinct(),
        ["join"] = keyed => KeyedReads.Of("orders", keyed, "station").Join(
            KeyedReads.Of("stations", keyed, "station").Select("station", Col("amount").As("height")), ["station"], JoinKind.Full),
        ["join_groups"] = keyed => KeyedReads.Of("orders", keyed, "station").GroupBy("station").Aggregate(Aggregate.Max(Col("amount")).As("most")).Join(
            KeyedReads.Of("stations", keyed, "station").Select("station", Col("amount").As("height")), ["station"], JoinKind.Left),
        ["anti"] = keyed => KeyedReads.Of("orders", keyed, "station").Join(KeyedReads.Of("stations", keyed, "station"), ["station"], JoinKind.Anti),
        ["dimension"] = keyed => KeyedReads.Of("orders", keyed, "id").Join(
            Flow.Table(Layer.Silver, "stations").GroupBy("station").Aggregate(Aggregate.Max(Col("amount")).As("height")), ["station"], JoinKind.Left),
        ["union"] = keyed => KeyedReads.Of("orders", keyed, "station").Union(KeyedReads.Of("stations", keyed, "station").Where(Col("amount") > 2L))
            .GroupBy("station").Aggregate(Aggregate.Sum(Col("amount")).As("total")),
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Incremental_equals_full_over_random_commits_runs_and_crashes(string shape, int seed)
    {
        var random = new Random((seed * 7919) + shape.Length);
        var failpoints = new ThrowingFailpoints();
        await using var lake = Lake(Shapes[shape](true), failpoints);
        await using var others = Lake(Shapes[shape](true), null, lake.State);
        var orders = new Upstream(others, "orders");
        var stations = new Upstream(others, "stations");
        await orders.AppendAsync(KeyedReads.Some(random, 20));
        await stations.AppendAsync([.. "abcd".Select((c, i) => new Order(i, $"{c}", i))]);
        for (var step = 0; step < 25; step++)
        {
            if (random.Next(3) > 0)
            {
                await KeyedReads.ChangeAsync(random.Next(4) == 0 ? stations : orders, random);
                continue;
            }

            if (random.Next(3) == 0)
            {
                failpoints.Arm(Places[random.Next(Places.Length)]);
                await lake.RunAsync("out", Cancel);
            }

            await DemandEqualAsync(lake, shape, $"seed {seed}, step {step}");
        }

        await DemandEqualAsync(lake, shape, $"seed {seed}, end");
    }

    [Fact]
    public async Task Only_rows_of_changed_keys_are_read_and_written()
    {
        await using var lake = Lake(Shapes["group"](true), null);
        var orders = new Upstream(lake, "orders");
        await orders.AppendAsync([.. Enumerable.Range(0, 100).Select(i => new Order(i, $"s{i % 10}", 5))]);
        Assert.Equal(10, (await lake.RunAsync("out", Cancel)).Rows.Written);
        await orders.AppendAsync(new Order(200, "s3", 7));
        var run = await lake.RunAsync("out", Cancel);
        Assert.Equal(1, run.Rows.Written);
        Assert.Equal(("0", "1"), (run.Inputs.Single().Since, run.Inputs.Single().Position));
        Assert.Contains("n=11 station=s3 total=57", await Content.OfAsync(lake, Target));
        Assert.Equal(10, (await Content.OfAsync(lake, Target)).Count);
    }

    [Fact]
    public async Task Deleted_rows_upstream_go_from_the_target()
    {
        await using var lake = Lake(Shapes["rows"](true), null);
        var orders = new Upstream(lake, "orders");
        await orders.AppendAsync(new Order(1, "a", 5), new Order(2, "b", 6), new Order(3, null, 7));
        await lake.RunAsync("out", Cancel);
        await orders.DeleteAsync(Col("id") == 2L);
        await orders.UpsertAsync(new Order(3, null, 8));
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("out", Cancel)).State);
        Assert.Equal(["id=1 station=a twice=10", "id=3 station=null twice=16"], await Content.OfAsync(lake, Target));
    }

    [Fact]
    public async Task A_changed_pipeline_computes_everything_anew_and_says_so()
    {
        var state = new InMemoryState();
        await using (var lake = Lake(Shapes["group"](true), null, state))
        {
            await new Upstream(lake, "orders").AppendAsync(new Order(1, "a", 5), new Order(2, "b", 6));
            await lake.RunAsync("out", Cancel);
        }

        var changed = KeyedReads.Of("orders", true, "station").GroupBy("station").Aggregate(Aggregate.Count().As("n"), Aggregate.Max(Col("amount")).As("total"));
        await using var later = Lake(changed, null, state);
        var plan = await later.Services.GetRequiredService<IPipelineRunner>().PlanAsync("out", Cancel);
        Assert.Contains("the pipeline was changed", plan.Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await later.RunAsync("out", Cancel)).Rows.Written);
        Assert.False((await later.Services.GetRequiredService<IPipelineRunner>().PlanAsync("out", Cancel)).HasWork);
    }

    [Fact]
    public async Task What_mixes_keys_does_not_bind()
    {
        Flow orders = KeyedReads.Of("orders", true, "station"), stations = KeyedReads.Of("stations", true, "station");
        foreach (var (flow, said) in new (Flow, string)[]
        {
            (orders.GroupBy("amount").Aggregate(Aggregate.Count().As("n")), "group_by"),
            (orders.GroupBy(Col("station").Upper().As("station")).Aggregate(Aggregate.Count().As("n")), "group_by"),
            (orders.Distinct("amount"), "distinct"),
            (orders.Take(3), "limit"),
            (orders.Select("id", "amount"), "'station'"),
            (orders.Join(stations, [Col("amount")], [Col("amount")]), "join"),
            (orders.Join(Flow.Table(Layer.Silver, "stations"), ["station"], JoinKind.Full), "join"),
            (Flow.Table(Layer.Silver, "stations").Join(orders, ["station"], JoinKind.Anti), "join"),
            (orders.Join(KeyedReads.Of("stations", true, "id"), ["station"]), "same key"),
            (orders.Union(Flow.Table(Layer.Silver, "stations")), "union"),
        })
        {
            await using var lake = Lake(flow, null);
            await new Upstream(lake, "orders").AppendAsync(new Order(1, "a", 5));
            await new Upstream(lake, "stations").AppendAsync(new Order(1, "a", 5));
            var run = await lake.RunAsync("out", Cancel);
            Assert.Equal(RunState.Failed, run.State);
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_target_must_be_able_to_replace_rows()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("out", p => p
            .ReadTable<Order>(Layer.Silver, "orders").Incremental(by: r => r.Id).AppendTo(Layer.Gold, "out")));
        await new Upstream(lake, "orders").AppendAsync(new Order(1, "a", 5));
        Assert.Contains("ReplaceTable", (await lake.RunAsync("out", Cancel)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Appending_what_an_upsert_wrote_anew_is_refused_rather_than_doubled()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("out", p => p
            .ReadTable<Order>(Layer.Silver, "orders").Incremental().AppendTo(Layer.Gold, "out")));
        var orders = new Upstream(lake, "orders");
        await orders.AppendAsync(new Order(1, "a", 5), new Order(2, "a", 5));
        await lake.RunAsync("out", Cancel);
        await orders.UpsertAsync(new Order(1, "a", 6));
        var run = await lake.RunAsync("out", Cancel);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("Incremental(by: ...)", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await Content.OfAsync(lake, Target)).Count);
    }

    [Fact]
    public async Task An_older_version_brings_nothing_that_is_done_a_second_time()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("out", p => p.ReadTable<Order>(Layer.Silver, "orders").Incremental().AppendTo(Layer.Gold, "out")));
        var orders = new Upstream(lake, "orders");
        await orders.AppendAsync(new Order(1, "a", 5));
        await orders.AppendAsync(new Order(2, "a", 5));
        Assert.Equal(2, (await lake.RunAsync("out", Cancel)).Rows.Written);
        await using var older = new InMemoryLakehouse(
            dex => dex.AddPipeline("out", p => p.ReadTable<Order>(Layer.Silver, "orders", version: 0).Incremental().AppendTo(Layer.Gold, "out")), lake.State);
        Assert.False((await older.RunAsync("out", Cancel)).Published);
        await orders.AppendAsync(new Order(3, "a", 5));
        Assert.Equal(1, (await lake.RunAsync("out", Cancel)).Rows.Written);
    }

    [Fact]
    public async Task A_full_run_is_made_when_asked_for()
    {
        await using var lake = Lake(Shapes["group"](true), null);
        await new Upstream(lake, "orders").AppendAsync(new Order(1, "a", 5));
        await lake.RunAsync("out", Cancel);
        await new Upstream(lake, "stations").AppendAsync(new Order(1, "a", 5));
        var runner = lake.Services.GetRequiredService<IPipelineRunner>();
        var run = await runner.RunAsync(new RunRequest("out") { IsFull = true }, null, Cancel);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Null(run.Inputs.Single().Since);
    }

    private static async Task DemandEqualAsync(InMemoryLakehouse lake, string shape, string when)
    {
        var run = await lake.RunAsync("out", Cancel);

        // Runs that should have crashed may have had nothing to do; then this one crashes in their place.
        for (var left = Places.Length; left > 0 && run.Error?.Contains("was armed", StringComparison.Ordinal) == true; left--)
            run = await lake.RunAsync("out", Cancel);
        Assert.True(run.State == RunState.Succeeded, $"{when}: {run.Error}");
        Assert.Equal(await Content.OfAsync(lake, Shapes[shape](false)), await Content.OfAsync(lake, Target));
        Assert.All(lake.Statistics[^1].Operators, o => Assert.True(o.Rows.IsBalanced, $"{when}: {o.Operator}"));
    }

    private static InMemoryLakehouse Lake(Flow flow, IFailpoints? failpoints, InMemoryState? state = null) =>
        new(dex => dex.AddPipeline("out", _ => flow.ReplaceTable(Layer.Gold, "out")), state, failpoints);
}
