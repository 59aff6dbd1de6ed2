using DataEngineX.Pipelines.Tests.Incremental;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Pipelines.Tests.Running;

/// <summary>A plan tells what a run would read and which columns it would change, here and downstream; a run by plan does just that or nothing.</summary>
public sealed class RunPlanTests
{
    private readonly InMemoryState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_rows_and_bytes_of_each_input()
    {
        await using var lake = Lake(p => p.ReadTable<Order>(Layer.Silver, "orders").Select(r => new { r.Id, r.Amount }));
        await new Upstream(lake, "orders").AppendAsync(new Order(1, "a", 5), new Order(2, "a", 6));
        var expected = Assert.Single((await PlanAsync(lake)).Expected);
        Assert.Equal("silver/orders@0", expected.Input.ToString());
        Assert.Equal(2, expected.Size.Rows);
        Assert.True(expected.Size.Bytes > 0);
    }

    [Fact]
    public async Task Rows_are_exact_where_statistics_tell_and_at_most_so_many_elsewhere()
    {
        await using var lake = new InMemoryLakehouse(
            dex => dex.AddPipeline("middle", p => p.ReadTable<Order>(Layer.Silver, "orders").Incremental().Where(o => o.Id > 2).Select(r => new { r.Id, r.Amount }).AppendTo(Layer.Gold, "middle")), _state);
        var orders = new Upstream(lake, "orders");
        await orders.AppendAsync(new Order(1, "a", 5), new Order(3, "a", 6));
        Assert.Equal((2L, false), await SizeAsync());
        Assert.Equal(RunState.Succeeded, (await lake.RunAsync("middle", Cancel)).State);

        // Only what is new counts, and of that only files that may hold such rows.
        await orders.AppendAsync(new Order(4, "a", 5), new Order(5, "a", 6), new Order(6, "a", 6));
        await orders.AppendAsync(new Order(0, "a", 5), new Order(1, "a", 6));
        Assert.Equal((3L, true), await SizeAsync());

        async Task<(long?, bool)> SizeAsync()
        {
            var size = Assert.Single((await PlanAsync(lake)).Expected).Size;
            Assert.True(size.Bytes > 0);
            return (size.Rows, size.IsExact);
        }
    }

    [Fact]
    public async Task It_tells_the_columns_that_change_here_and_downstream()
    {
        await using (var lake = Lake(p => p.ReadTable<Order>(Layer.Silver, "orders").Select(r => new { r.Id, r.Station, r.Amount, Twice = r.Amount * 2 })))
        {
            await new Upstream(lake, "orders").AppendAsync(new Order(1, "a", 5));
            await lake.RunAsync("middle", Cancel);
        }

        await using var changed = Lake(p => p.ReadTable<Order>(Layer.Silver, "orders").Select(r => new { r.Id, Amount = (double)r.Amount, Twice = r.Id + r.Amount, More = 1 }));
        var plan = await PlanAsync(changed);
        Assert.Equal(
            ["- station: text", "~ amount: int64 -> double (breaking)", "+ more: int32", "~ twice: computed otherwise"],
            plan.Columns.Select(c => c.ToString().Replace("string", "text", StringComparison.Ordinal).Replace("utf8", "text", StringComparison.Ordinal)));
        Assert.Contains(plan.Downstream, d => d is { Pipeline: "sums", Column: "total", IsBroken: false });
        Assert.DoesNotContain(plan.Downstream, d => d is { Pipeline: "sums", Column: "id" });
        var broken = Assert.Single(plan.Downstream, d => d.IsBroken);
        Assert.Equal(("stations", "station"), (broken.Pipeline, broken.Column));
        Assert.Contains(plan.Downstream, d => d is { Pipeline: "further", Column: "total" });
    }

    [Fact]
    public async Task A_run_by_plan_does_just_that()
    {
        await using var lake = Lake(p => p.ReadTable<Order>(Layer.Silver, "orders").Select(r => new { r.Id, r.Station, r.Amount, Twice = r.Amount * 2 }));
        var orders = new Upstream(lake, "orders");
        await orders.AppendAsync(new Order(1, "a", 5));
        var planned = (await PlanAsync(lake)).Planned;
        await orders.AppendAsync(new Order(2, "a", 5));
        var refused = await RunAsync(lake, planned);
        Assert.Equal(RunState.Failed, refused.State);
        Assert.Contains("silver/orders@0 is now silver/orders@1", refused.Error, StringComparison.Ordinal);
        Assert.False(refused.Published);
        var again = (await PlanAsync(lake)).Planned;
        var run = await RunAsync(lake, again);
        Assert.Equal((true, again.RunKey), (run.Published, run.RunKey));
        Assert.Equal(RunState.Succeeded, (await RunAsync(lake, again)).State);

        await using var changed = Lake(p => p.ReadTable<Order>(Layer.Silver, "orders").Select(r => new { r.Id, r.Station, r.Amount, Twice = r.Amount * 3 }));
        Assert.Contains("the pipeline was changed", (await RunAsync(changed, again)).Error, StringComparison.Ordinal);
    }

    private static async Task<RunPlan> PlanAsync(InMemoryLakehouse lake) => await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("middle", Cancel);

    private static async Task<RunRecord> RunAsync(InMemoryLakehouse lake, PlannedRun planned) =>
        await lake.Services.GetRequiredService<IPipelineRunner>().RunAsync(new RunRequest("middle") { Planned = planned }, null, Cancel);

    private InMemoryLakehouse Lake(Func<PipelineBuilder, Flow> middle) => new(
        dex => dex
            .AddPipeline("middle", p => middle(p).ReplaceTable(Layer.Silver, "middle").Unkeyed("a test"))
            .AddPipeline("sums", p => p.ReadTable(Layer.Silver, "middle").GroupBy("id").Aggregate(Aggregate.Sum(Expressions.Columns.Col("twice")).As("total")).ReplaceTable(Layer.Gold, "sums"))
            .AddPipeline("stations", p => p.ReadTable(Layer.Silver, "middle").Select("station").Distinct().ReplaceTable(Layer.Gold, "stations"))
            .AddPipeline("further", p => p.ReadTable(Layer.Gold, "sums").Select("total").ReplaceTable(Layer.Gold, "further")),
        _state);
}
