using DataEngineX.Hosting.Tests.Support;

namespace DataEngineX.Hosting.Tests.Running;

public sealed class RunQueueTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Orders_that_wait_for_the_same_become_one()
    {
        await using var host = Host();
        var queue = host.Get<IRunQueue>();

        var first = queue.Enqueue(new RunRequest("p0"));
        var second = queue.Enqueue(new RunRequest("p0", "schedule"));
        var partition = queue.Enqueue(new RunRequest("p0", Partition: "2015"));

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Id, partition.Id);
        Assert.Equal([first.Id, partition.Id], queue.Waiting.Select(r => r.Id));
        Assert.Equal(RunState.Running, first.State);
    }

    [Fact]
    public async Task A_full_queue_and_an_unknown_pipeline_are_refused()
    {
        await using var host = Host();
        var queue = host.Get<IRunQueue>();
        for (var i = 0; i < 3; i++)
            queue.Enqueue(new RunRequest($"p{i}"));

        Assert.True(Assert.Throws<RunRefusedException>(() => queue.Enqueue(new RunRequest("p3"))).IsTransient);
        Assert.Contains("p0, p1", Assert.Throws<PlanException>(() => queue.Enqueue(new RunRequest("other"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipelines_run_side_by_side_and_one_never_twice_at_once()
    {
        var atWork = 0;
        var most = 0;
        var twice = false;
        var feeds = Enumerable.Range(0, 6).Select(i => new Feed($"in{i}").With(1)).ToList();
        foreach (var feed in feeds)
        {
            var mine = 0;
            feed.OnRead = async cancellationToken =>
            {
                twice |= Interlocked.Increment(ref mine) > 1;
                InterlockedMax(ref most, Interlocked.Increment(ref atWork));
                await Task.Delay(20, cancellationToken);
                Interlocked.Decrement(ref atWork);
                Interlocked.Decrement(ref mine);
                feed.Publish();
            };
        }

        await using var host = await Host(feeds).StartedAsync();
        var queue = host.Get<IRunQueue>();
        var placement = host.Get<IRunPlacement>();
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < feeds.Count; i++)
                queue.Enqueue(new RunRequest($"p{i}", Partition: $"{round}"));
            await placement.ExecuteAsync(new RunRequest("p0", Partition: $"direct {round}"));
        }

        await host.UntilRunsAsync(35);

        Assert.False(twice);
        Assert.InRange(most, 2, 3);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private TestHost Host(List<Feed>? feeds = null) => new(_folder, dex =>
    {
        for (var i = 0; i < 6; i++)
            dex.AddCopy($"p{i}", feeds?[i] ?? new Feed($"in{i}"), new Feed($"out{i}"));
        dex.ConfigureHost(o => (o.MaxWaitingRuns, o.MaxParallelRuns) = feeds is null ? (3, 1) : (1_000, 2));
    });
}
