using DataEngineX.Hosting.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataEngineX.Hosting.Tests.Running;

public sealed class DrainTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Feed _in = new Feed("in").With(1);
    private readonly Feed _out = new("out");
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DrainTests() => _in.OnRead = async cancellationToken =>
    {
        _reading.TrySetResult();
        await _gate.Task.WaitAsync(cancellationToken);
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_at_work_may_end_while_the_host_stops()
    {
        await using var host = await Host(TimeSpan.FromSeconds(60)).StartedAsync();
        await _reading.Task;
        var stopping = host.StopAsync();
        await Until.Is(() => IsDraining(host));
        Assert.False(stopping.IsCompleted);
        Assert.Throws<RunRefusedException>(() => host.Get<IRunQueue>().Enqueue(new RunRequest("p")));

        _gate.SetResult();
        await stopping;

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.RunsAsync()).State);
    }

    [Fact]
    public async Task A_run_that_does_not_end_is_cancelled_before_the_time_to_stop_is_over_and_gives_its_lease_back()
    {
        await using var host = await Host(TimeSpan.FromSeconds(2)).StartedAsync();
        await _reading.Task;

        await host.StopAsync();

        Assert.Equal(RunState.Cancelled, Assert.Single(await host.RunsAsync()).State);
        Assert.NotNull(await host.Metadata.TryAcquireLeaseAsync(LeaseNames.OfPipeline("p"), "next", TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Ready_fails_while_the_host_drains_and_live_does_not()
    {
        await using var host = await Host(TimeSpan.FromSeconds(60)).StartedAsync();
        await _reading.Task;
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(host, HealthTags.Ready));
        var stopping = host.StopAsync();
        await Until.Is(() => IsDraining(host));

        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(host, HealthTags.Ready));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(host, HealthTags.Live));
        _gate.SetResult();
        await stopping;
    }

    [Fact]
    public async Task What_still_waited_is_done_by_the_next_host()
    {
        await using (var first = await Host(TimeSpan.FromSeconds(60)).StartedAsync())
        {
            await _reading.Task;
            first.Get<IRunQueue>().Enqueue(new RunRequest("p", "schedule"));
            Assert.Equal("p", Assert.Single(first.Get<IRunQueue>().Waiting).Pipeline);
            var stopping = first.StopAsync();
            await Until.Is(() => IsDraining(first));
            _gate.SetResult();
            await stopping;
            Assert.Single(await first.RunsAsync());
        }

        await using var second = await new TestHost(_folder, dex => dex.AddCopy("p", _in, _out)).StartedAsync();

        Assert.Equal("schedule", (await second.UntilRunsAsync(2)).Single(r => r.Trigger != "start").Trigger);
    }

    private static bool IsDraining(TestHost host) =>
        host.Get<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested
        && host.Get<IRunQueue>() is { } queue && Refuses(queue);

    private static bool Refuses(IRunQueue queue)
    {
        try
        {
            queue.Enqueue(new RunRequest("p"));
            return false;
        }
        catch (RunRefusedException)
        {
            return true;
        }
    }

    private static async Task<HealthStatus> StatusAsync(TestHost host, string tag) =>
        (await host.Get<HealthCheckService>().CheckHealthAsync(r => r.Tags.Contains(tag))).Status;

    private TestHost Host(TimeSpan shutdown) => new(_folder, dex => dex.AddCopy("p", _in, _out).RunAtStart("p"), shutdown: shutdown);
}
