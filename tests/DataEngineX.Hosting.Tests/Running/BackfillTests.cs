using System.Collections.Concurrent;
using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Hosting.Tests.Running;

/// <summary>Backfills stand in the metadata store: whichever host is there makes them, and none does twice what is done.</summary>
public sealed class BackfillTests : IDisposable
{
    private static readonly BackfillRequest TenDays = new("days") { From = "2015-05-01", To = "2015-05-10", Again = true };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backfill_is_taken_up_by_the_next_host_and_does_nothing_twice()
    {
        string id;
        var first = new Placement(free: 3);
        await using (var host = await Host(first).StartedAsync())
        {
            id = (await host.Get<IBackfills>().StartAsync(TenDays)).Id;
            await Until.Is(() => first.Orders.Count == 4);
            await host.StopAsync();
            Assert.Equal((RunState.Running, 3L, 3L), await StateAsync(host, id));
        }

        var second = new Placement();
        await using var next = await Host(second).StartedAsync();
        await EndedAsync(next, id);
        Assert.Equal((RunState.Succeeded, 10L, 10L), await StateAsync(next, id));
        Assert.Equal(Days(4, 10), second.Orders.Order(StringComparer.Ordinal));
        var record = (await next.Get<IBackfills>().FindAsync(id))!;
        Assert.Equal((10L, 0L, 0), (record.PartitionsAsked, record.FailedRuns, record.Rescues));
        Assert.Equal(id, Assert.Single(await next.Get<IBackfills>().ListAsync()).Id);
        Assert.Contains(next.Logs.Lines, l => l.Id.Id == 3023);
    }

    [Fact]
    public async Task What_failed_runs_again_alone_with_its_own_partitions_after_a_restart()
    {
        var broken = new Placement(fails: "2015-05-03..2015-05-04");
        await using (var host = await Host(broken).StartedAsync())
        {
            var begun = await host.Get<IBackfills>().StartAsync(TenDays with { PartitionsPerRun = 2 });
            var ended = await EndedAsync(host, begun.Id);
            Assert.Equal((RunState.Failed, 5L, 1L), (ended.State, ended.Runs, ended.FailedRuns));
            Assert.Equal(new BackfillFailure("2015-05-03..2015-05-04", "broken"), Assert.Single(ended.Failures));
        }

        var mended = new Placement();
        await using var next = await Host(mended).StartedAsync();
        Assert.Equal("broken", Assert.Single((await next.Get<IBackfills>().ListAsync())[0].Failures).Error);
        var again = await next.Get<IBackfills>().StartAsync(TenDays with { OnlyFailed = true });
        Assert.Equal(RunState.Succeeded, (await EndedAsync(next, again.Id)).State);
        Assert.Equal(["2015-05-03..2015-05-04"], mended.Orders);
    }

    [Fact]
    public async Task What_a_dead_host_left_waits_for_its_lease()
    {
        var placement = new Placement();
        await using var host = Host(placement);
        await host.Metadata.InitializeAsync();
        var lease = (await host.Metadata.TryAcquireLeaseAsync(LeaseNames.OfBackfill("days"), "elsewhere", TimeSpan.FromMinutes(10)))!;
        await LeaveAsync(host, rescues: 0);
        await host.StartedAsync();
        await Task.Delay(200);
        Assert.Empty(placement.Orders);
        var refused = await Assert.ThrowsAsync<RunRefusedException>(async () => await host.Get<IBackfills>().StartAsync(TenDays));
        Assert.Contains("20150601T110000-b", refused.Message, StringComparison.Ordinal);

        await host.Metadata.ReleaseLeaseAsync(lease);
        Assert.Equal(RunState.Succeeded, (await EndedAsync(host, "20150601T110000-b")).State);
        Assert.Equal(10, placement.Orders.Count);
    }

    [Fact]
    public async Task What_takes_its_hosts_down_each_time_is_given_up()
    {
        var placement = new Placement();
        await using var host = Host(placement);
        await host.Metadata.InitializeAsync();
        await LeaveAsync(host, rescues: 3);
        await host.StartedAsync();
        var ended = await EndedAsync(host, "20150601T110000-b");
        Assert.Equal(RunState.Failed, ended.State);
        Assert.Contains("3 times in a row", ended.Error, StringComparison.Ordinal);
        Assert.Empty(placement.Orders);
    }

    [Fact]
    public async Task Any_host_lists_and_stops_what_another_makes()
    {
        var (at, beside) = (new Placement(free: 2), new Placement());
        await using var host = await Host(at).StartedAsync();
        await using var other = await Host(beside).StartedAsync();
        var id = (await host.Get<IBackfills>().StartAsync(TenDays)).Id;
        await Until.Is(() => at.Orders.Count == 3);
        await Assert.ThrowsAsync<RunRefusedException>(async () => await other.Get<IBackfills>().StartAsync(TenDays));
        Assert.Equal(id, Assert.Single(await other.Get<IBackfills>().ListAsync()).Id);

        Assert.NotNull(await other.Get<IBackfills>().CancelAsync(id));
        Assert.Equal(RunState.Cancelled, (await EndedAsync(host, id)).State);
        Assert.Null(await other.Get<IBackfills>().CancelAsync("none"));
        Assert.Empty(beside.Orders);
        at.Open();
        var after = await other.Get<IBackfills>().StartAsync(TenDays);
        Assert.Equal(RunState.Succeeded, (await EndedAsync(other, after.Id)).State);
    }

    [Fact]
    public async Task Of_those_that_ended_the_newest_hundred_are_remembered()
    {
        await using var host = await Host(new Placement()).StartedAsync();
        var ids = new List<string>();
        for (var i = 0; i < 102; i++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(2));
            ids.Insert(0, (await host.Get<IBackfills>().StartAsync(TenDays with { To = "2015-05-01" })).Id);
            await EndedAsync(host, ids[0]);
        }

        Assert.Equal(ids.Take(100), (await host.Get<IBackfills>().ListAsync()).Select(b => b.Id));
        Assert.Null(await host.Get<IBackfills>().FindAsync(ids[^1]));
    }

    private static IEnumerable<string> Days(int from, int to) => Enumerable.Range(from, to - from + 1).Select(d => $"2015-05-{d:00}");

    private static async Task<(RunState State, long Runs, long? Done)> StateAsync(TestHost host, string id)
    {
        var record = (await host.Get<IBackfills>().FindAsync(id))!;
        return (record.State, record.Runs, record.PartitionsDone);
    }

    private static async Task<BackfillRecord> EndedAsync(TestHost host, string id) =>
        (await Until.AsyncIs(async () => await host.Get<IBackfills>().FindAsync(id), b => b is { State: not RunState.Running }))!;

    /// <summary>What a host that dies leaves behind.</summary>
    private static async Task LeaveAsync(TestHost host, int rescues)
    {
        const string id = "20150601T110000-b";
        var text = $$"""{"id":"{{id}}","request":{"pipeline":"days","from":"2015-05-01","to":"2015-05-10","parallelism":1,"partitionsPerRun":1,"onlyFailed":false,"again":true},"state":"Running","startedAt":"2015-06-01T11:00:00+00:00","host":"dead/1/x","rescues":{{rescues}},"runs":0,"failedRuns":0,"failures":[],"isCancelAsked":false}""";
        Assert.True(await host.Metadata.TrySetValueAsync($"backfill/{id}", text, null));
        Assert.True(await host.Metadata.TrySetValueAsync("backfills", $"[\"{id}\"]", null));
    }

    private TestHost Host(Placement placement) => new(
        _folder,
        dex => dex.AddPipeline("days", p => p.ReadRows("rows", new[] { new { Day = new DateOnly(2015, 5, 1) } })
            .Partitioned(r => r.Day, Partitioning.Daily(new DateOnly(2015, 5, 1))).ReplaceTable(Layer.Gold, "days")),
        services: services =>
        {
            services.AddSingleton<IRunPlacement>(provider => placement.Of(provider));
            services.Configure<DataEngineXHostOptions>(o => o.OrphanCheckInterval = TimeSpan.FromMilliseconds(50));
        });

    /// <summary>Writes down runs as done, up to so many; the next one waits until it is cancelled.</summary>
    private sealed class Placement(int free = int.MaxValue, string? fails = null) : IRunPlacement
    {
        private IServiceProvider? _services;
        private int _free = free;

        public ConcurrentQueue<string> Orders { get; } = new();

        public Placement Of(IServiceProvider services)
        {
            _services = services;
            return this;
        }

        public void Open() => _free = int.MaxValue;

        public async ValueTask<RunRecord> ExecuteAsync(RunRequest request, CancellationToken cancellationToken = default)
        {
            Orders.Enqueue(request.Partition!);
            if (Interlocked.Decrement(ref _free) < 0)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            var run = new RunRecord
            {
                Id = request.RunId!,
                Pipeline = request.Pipeline,
                State = request.Partition == fails ? RunState.Failed : RunState.Succeeded,
                Error = request.Partition == fails ? "broken" : null,
                Trigger = request.Trigger,
                Partition = request.Partition,
                Target = DatasetId.Table(Layer.Gold, "days"),
                StartedAt = TestHost.Noon,
                FinishedAt = TestHost.Noon,
            };
            await _services!.GetRequiredService<IMetadataStore>().SaveRunAsync(run, CancellationToken.None);
            return run;
        }
    }
}
