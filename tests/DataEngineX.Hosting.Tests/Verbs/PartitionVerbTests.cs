using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataEngineX.Hosting.Tests.Verbs;

/// <summary>The verbs of a pipeline with partitions: plan, run, backfill.</summary>
public sealed class PartitionVerbTests : IDisposable
{
    private static readonly DateOnly First = new(2015, 5, 1);

    private readonly TempFolder _folder = new();
    private readonly InMemoryObjectStore _objects = new();

    private sealed record Reading(DateTimeOffset At, long Value);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plan_run_and_backfill_tell_their_partitions()
    {
        Assert.Equal(0, await Host().RunAsync("run", "feed"));
        var plan = Host();
        Assert.Equal(0, await plan.RunAsync("plan", "daily"));
        Assert.Contains("  31: 2015-05-01..2015-05-31 (new: ", plan.Output.Results, StringComparison.Ordinal);
        Assert.Equal(0, await Host().RunAsync("run", "daily", "--partition", "2015-05-04"));

        var some = Host();
        Assert.Equal(0, await some.RunAsync("backfill", "daily", "--to", "2015-05-10", "--parallel", "2", "--per-run", "4"));
        Assert.Equal("daily: 9 partitions to do, 9 done in 3 runs, 0 runs failed." + Environment.NewLine, some.Output.Results);
        Assert.Equal(0, await Host().RunAsync("run", "daily"));
        var none = Host();
        Assert.Equal(0, await none.RunAsync("backfill", "daily"));
        Assert.StartsWith("daily: 0 partitions to do", none.Output.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_failed_is_named_and_made_again_alone()
    {
        await Host().RunAsync("run", "feed");
        var first = Host(fails: true);
        Assert.Equal(1, await first.RunAsync("backfill", "daily", "--per-run", "16"));
        Assert.StartsWith("daily: 31 partitions to do, 15 done in 2 runs, 1 runs failed.", first.Output.Results, StringComparison.Ordinal);
        Assert.StartsWith("daily 2015-05-01..2015-05-16: ", first.Output.Reasons, StringComparison.Ordinal);
        var again = Host();
        Assert.Equal(0, await again.RunAsync("backfill", "daily", "--failed"));
        Assert.StartsWith("daily: 16 partitions to do, 16 done in 1 runs", again.Output.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_plan_is_run_as_it_was_or_not_at_all()
    {
        await Host().RunAsync("run", "feed");
        var file = Path.Combine(_folder.Root, "plan.json");
        Assert.Equal(0, await Host().RunAsync("plan", "daily", "--save", file));
        await Host(extra: 1).RunAsync("run", "feed");
        var refused = Host();
        Assert.Equal(1, await refused.RunAsync("run", "daily", "--plan", file));
        Assert.Contains("silver/readings@0 is now silver/readings@1", refused.Output.Reasons, StringComparison.Ordinal);
        Assert.Equal(0, await Host().RunAsync("plan", "daily", "--save", file));
        Assert.Equal(0, await Host().RunAsync("run", "daily", "--plan", file));
        var broken = Host();
        await File.WriteAllTextAsync(file, "{", TestContext.Current.CancellationToken);
        Assert.Equal(2, await broken.RunAsync("run", "daily", "--plan", file));
        Assert.Contains("holds no plan", broken.Output.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_runs_what_was_set_aside()
    {
        await Host().RunAsync("run", "feed");
        var first = Host();
        Assert.Equal(0, await first.RunAsync("run", "checked"));
        Assert.StartsWith("checked succeeded: 31 read, 0 generated, 11 written, 0 filtered, 20 quarantined", first.Output.Results, StringComparison.Ordinal);
        var replay = Host(limit: 25);
        Assert.Equal(0, await replay.RunAsync("replay", "checked"));
        Assert.StartsWith("checked succeeded: 20 read, 0 generated, 15 written, 0 filtered, 5 quarantined", replay.Output.Results, StringComparison.Ordinal);
        var failed = Host();
        Assert.Equal(1, await failed.RunAsync("replay", "feed"));
        Assert.Contains("no gate", failed.Output.Reasons, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Usage: backfill <pipeline>", "backfill", "daily", "--parallel", "none")]
    [InlineData(1, "'soon' is no day", "backfill", "daily", "--from", "soon")]
    [InlineData(1, "'feed' has no partitions", "backfill", "feed")]
    public async Task What_is_asked_wrongly_is_said(int code, string reason, params string[] args)
    {
        var host = Host();
        Assert.Equal(code, await host.RunAsync(args));
        Assert.Contains(reason, host.Output.Reasons, StringComparison.Ordinal);
    }

    private TestHost Host(bool fails = false, int extra = 0, long limit = 10)
    {
        var rows = Enumerable.Range(0, 31 + extra).Select(d => new Reading(new DateTimeOffset(First.AddDays(d), new TimeOnly(7, 0), TimeSpan.Zero), d)).ToList();
        return new TestHost(
            _folder,
            dex => dex
                .AddPipeline("feed", p => p.ReadRows("rows", rows).AppendTo(Layer.Silver, "readings").Unkeyed("a test"))
                .AddPipeline("daily", p => p.ReadTable<Reading>(Layer.Silver, "readings").Partitioned(r => r.At, Partitioning.Daily(First)).ReplaceTable(Layer.Gold, "daily"))
                .AddPipeline("checked", p => p.ReadTable<Reading>(Layer.Silver, "readings").Incremental()
                    .Check(q => q.AtMost(r => r.Value, limit).OnFailure(Gate.Quarantine)).AppendTo(Layer.Silver, "checked").Unkeyed("a test")),
            services: s =>
            {
                s.Replace(ServiceDescriptor.Singleton<IObjectStore>(_objects));
                s.Replace(ServiceDescriptor.Singleton<ITableCatalog>(p => new DeltaTableCatalog(
                    _objects, p.GetRequiredService<TimeProvider>(), fails ? new ThrowingFailpoints().Arm(FailpointNames.DataFilesWritten) : NoFailpoints.Instance)));
            });
    }
}
