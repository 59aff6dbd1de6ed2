using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Hosting.Tests.Scheduling;

public sealed class UpstreamTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Feed _raw = new Feed("raw").With(1);
    private readonly Feed _bronze = new("bronze");
    private readonly Feed _silver = new("silver");
    private readonly Feed _gold = new("gold");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_commit_runs_through_the_chain()
    {
        await using var host = await Chain(dex => dex.RunAtStart("bronze")).StartedAsync();
        await Until.Is(() => _gold.Version == 1);

        Assert.Equal("start", Assert.Single(await host.UntilRunsAsync(1, "bronze")).Trigger);
        Assert.Equal("upstream", Assert.Single(await host.UntilRunsAsync(1, "silver")).Trigger);
        Assert.Equal("upstream", Assert.Single(await host.UntilRunsAsync(1, "gold")).Trigger);
    }

    [Fact]
    public async Task Commits_made_while_no_host_ran_are_found_at_start()
    {
        _bronze.Publish();
        await using var host = await Chain().StartedAsync();

        await Until.Is(() => _gold.Version == 1);
        Assert.Empty(await host.RunsAsync("bronze"));
    }

    [Fact]
    public async Task Commits_of_other_processes_are_found_while_it_runs()
    {
        await using var host = await Chain(dex => dex.ConfigureHost(o => o.UpstreamCheckInterval = TimeSpan.FromMilliseconds(50))).StartedAsync();
        _bronze.Publish();
        await Until.Is(() => _gold.Version == 1);
        _bronze.Publish();

        await Until.Is(() => _gold.Version == 2);
    }

    [Fact]
    public async Task A_run_that_failed_is_not_tried_again_for_the_same_input()
    {
        _bronze.OnRead = _ => throw new InvalidOperationException("broken");
        _bronze.Publish();
        await using var host = await Chain(dex => dex.ConfigureHost(o => o.UpstreamCheckInterval = TimeSpan.FromMilliseconds(20))).StartedAsync();
        await host.UntilRunsAsync(1, "silver", RunState.Failed);
        var reads = _bronze.Reads;
        _raw.Publish();
        await Task.Delay(300);

        Assert.Equal(1, reads);
        Assert.Single(await host.RunsAsync("silver"));
        _bronze.OnRead = _ => Task.CompletedTask;
        _bronze.Publish();
        await Until.Is(() => _gold.Version == 1);
    }

    [Fact]
    public async Task Commits_that_come_while_a_reader_runs_become_one_more_run()
    {
        var gate = new TaskCompletionSource();
        _bronze.OnRead = _ => gate.Task;
        await using var host = await Chain().StartedAsync();
        var queue = host.Get<IRunQueue>();
        queue.Enqueue(new RunRequest("bronze"));
        await Until.Is(() => _bronze.Reads == 1);
        for (var i = 2; i <= 4; i++)
        {
            _raw.Publish();
            queue.Enqueue(new RunRequest("bronze"));
            await Until.Is(() => _bronze.Version == i);
        }

        gate.SetResult();
        await Until.Is(() => _silver.Version == 2);
        await host.StopAsync();

        Assert.Equal(4, _bronze.Version);
        Assert.Equal(2, (await host.RunsAsync("silver")).Count);
    }

    /// <summary>A run that begins and ends while the watch plans is seen by neither of its looks at the queue.</summary>
    [Fact]
    public async Task A_run_that_comes_and_goes_while_the_watch_plans_is_not_made_again()
    {
        var planning = new Hold();
        var looks = 0;
        _bronze.Publish();
        _bronze.OnPin = () => Interlocked.Increment(ref looks) == 1 ? planning.PassAsync() : Task.CompletedTask;
        await using var host = await Chain(dex => dex.ConfigureHost(o => o.UpstreamCheckInterval = TimeSpan.FromMilliseconds(10))).StartedAsync();
        await planning.Reached;
        host.Get<IRunQueue>().Enqueue(new RunRequest("silver"));
        await host.UntilRunsAsync(1, "silver");
        await Until.Is(() => host.Get<IRunQueue>().Waiting.Count == 0);
        var before = Volatile.Read(ref looks);
        planning.Open();

        // The watch does not look at a pipeline that has something to do: a further look tells that nothing was queued, or that it is done.
        await Until.Is(() => Volatile.Read(ref looks) >= before + 2);
        Assert.Equal("manual", Assert.Single(await host.RunsAsync("silver")).Trigger);
    }

    /// <summary>Between its commit and its end a run has published what it has not announced yet.</summary>
    [Fact]
    public async Task What_a_run_is_about_to_announce_is_not_found_by_the_watch_as_well()
    {
        var committed = new Hold(FailpointNames.TargetCommitted);
        var looks = 0;
        var witness = new Feed("witness") { OnPin = () => Task.FromResult(Interlocked.Increment(ref looks)) };
        await using var host = await Chain(
            dex => dex.AddCopy("other", witness, new Feed("other")).RunAfterUpstream("other")
                .ConfigureHost(o => o.UpstreamCheckInterval = TimeSpan.FromMilliseconds(10)),
            services => services.AddSingleton<IFailpoints>(committed)).StartedAsync();
        host.Get<IRunQueue>().Enqueue(new RunRequest("bronze"));
        await committed.Reached;
        await AfterLooksAsync();
        Assert.Empty(await host.RunsAsync("silver"));
        committed.Open();
        await Until.Is(() => _gold.Version == 1);
        await AfterLooksAsync();

        Assert.Single(await host.RunsAsync("silver"));
        Assert.Single(await host.RunsAsync("gold"));

        Task AfterLooksAsync()
        {
            var seen = Volatile.Read(ref looks);
            return Until.Is(() => Volatile.Read(ref looks) >= seen + 3);
        }
    }

    /// <summary>What it waits for is what this host will announce, and nothing else.</summary>
    [Fact]
    public async Task What_others_publish_is_found_while_an_upstream_is_at_work()
    {
        var slow = new Hold();
        var (beside, joined) = (new Feed("beside"), new Feed("joined"));
        _raw.OnRead = _ => slow.PassAsync();
        await using var host = await Chain(dex => dex
            .AddPipeline("joined", p => p.Read(_bronze.AsSource()).Incremental().Union(p.Read(beside.AsSource()).Incremental()).Into(joined.AsTarget()))
            .RunAfterUpstream("joined")
            .ConfigureHost(o => o.UpstreamCheckInterval = TimeSpan.FromMilliseconds(10))).StartedAsync();
        host.Get<IRunQueue>().Enqueue(new RunRequest("bronze"));
        await slow.Reached;
        beside.Publish();
        await Until.Is(() => joined.Version == 1);
        slow.Open();
        await Until.Is(() => joined.Version == 2);
    }

    private TestHost Chain(Action<IDataEngineXBuilder>? more = null, Action<IServiceCollection>? services = null) => new(_folder, dex =>
    {
        dex.AddCopy("bronze", _raw, _bronze).AddCopy("silver", _bronze, _silver).AddCopy("gold", _silver, _gold)
            .RunAfterUpstream("silver").RunAfterUpstream("gold");
        more?.Invoke(dex);
    }, services: services);
}
