using System.Net;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Pipelines.Tests.Running;

/// <summary>Attempts of a run: which faults are tried again, how long it waits, what the record says, and what a deadline ends.</summary>
public sealed class RetryTests
{
    private static readonly Bronze[] Days = [new("a", new(2015, 1, 1), 1)];
    private readonly FakeTimeProvider _waits = new();
    private readonly List<string> _versions = [];
    private int _opened;
    private int _pinned;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transient_fault_is_tried_again_with_the_same_input_version()
    {
        await using var lake = Lake(end => end.Retry(4, TimeSpan.FromSeconds(10)), [new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable), new TimeoutException("late")]);
        var run = await RunAsync(lake);
        Assert.Equal((RunState.Succeeded, 3, 1L, "0"), (run.State, run.Attempt, run.Rows.Written, run.Version));
        Assert.Equal([1, 2], run.Faults.Select(f => f.Attempt));
        Assert.Contains("busy", run.Faults[0].Error, StringComparison.Ordinal);
        Assert.Contains("late", run.Faults[1].Error, StringComparison.Ordinal);
        Assert.Equal(1, _pinned);
        Assert.Equal("v1", run.Inputs.Single().Position);
        Assert.Equal(run.Faults, (await lake.State.Metadata.GetRunAsync(run.Id, Cancel))!.Faults);
    }

    [Fact]
    public async Task A_fault_of_the_data_is_not_tried_again()
    {
        await using var lake = Lake(end => end.Retry(4), [new MalformedDataException("no number")]);
        var run = await RunAsync(lake);
        Assert.Equal((RunState.Failed, 1, 1), (run.State, run.Attempt, _opened));
        Assert.Empty(run.Faults);
    }

    [Fact]
    public async Task Without_a_policy_there_is_one_attempt()
    {
        await using var lake = Lake(end => end, [new TimeoutException("late")]);
        var run = await RunAsync(lake);
        Assert.Equal((RunState.Failed, 1, 1), (run.State, run.Attempt, _opened));
    }

    [Fact]
    public async Task Attempts_end()
    {
        await using var lake = Lake(end => end.Retry(2), [new TimeoutException("1"), new TimeoutException("2"), new TimeoutException("3")]);
        var run = await RunAsync(lake);
        Assert.Equal((RunState.Failed, 2, 2), (run.State, run.Attempt, _opened));
        Assert.Contains("2", run.Error, StringComparison.Ordinal);
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "days"), Cancel));
    }

    [Fact]
    public async Task A_deadline_ends_a_run_that_hangs_as_failed()
    {
        await using var lake = Lake(end => end.Deadline(TimeSpan.FromMinutes(5)), [], hang: true);
        var run = await RunAsync(lake, TimeSpan.FromSeconds(100));
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("deadline of 00:05:00 passed in attempt 1", run.Error, StringComparison.Ordinal);
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "days"), Cancel));
    }

    [Fact]
    public async Task A_deadline_counts_the_waits_too()
    {
        await using var lake = Lake(
            end => end.Retry(50, TimeSpan.FromHours(1), TimeSpan.FromHours(1)).Deadline(TimeSpan.FromMinutes(20)), [new TimeoutException("late")]);
        var run = await RunAsync(lake, TimeSpan.FromMinutes(5));
        Assert.Equal((RunState.Failed, 1), (run.State, run.Attempt));
        Assert.Contains("late", run.Error, StringComparison.Ordinal);
        Assert.Contains("The deadline of 00:20:00 passed before the next attempt", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_while_waiting_cancels_the_run()
    {
        using var stop = new CancellationTokenSource();
        await using var lake = Lake(end => end.Retry(3, TimeSpan.FromHours(1)), [new TimeoutException("late")]);
        var running = lake.RunAsync("days", stop.Token);
        while (_opened == 0)
            await Task.Delay(5, Cancel);
        await stop.CancelAsync();
        Assert.Equal(RunState.Cancelled, (await running).State);
    }

    [Fact]
    public async Task The_plan_says_how_runs_are_tried()
    {
        await using var lake = Lake(end => end.Retry(3, TimeSpan.FromSeconds(2)).Deadline(TimeSpan.FromMinutes(1)), []);
        var plan = await lake.Services.GetRequiredService<IPipelineRunner>().PlanAsync("days", Cancel);
        Assert.Contains("retry: up to 3 attempts, 00:00:02 to 00:01:00 apart, after transient faults", plan.Explain, StringComparison.Ordinal);
        Assert.Contains("deadline: 00:01:00 from the start of the run", plan.Explain, StringComparison.Ordinal);
    }

    [Fact]
    public void Typed_and_untyped_ends_keep_all_policies_and_the_fingerprint()
    {
        var typed = Flow.Table<Bronze>(Layer.Bronze, "days").ReplaceTable(Layer.Silver, "days")
            .FreshWithin(r => r.Day, TimeSpan.FromDays(1)).Retry(3).Deadline(TimeSpan.FromHours(1));
        var untyped = ((Flow)Flow.Table<Bronze>(Layer.Bronze, "days")).ReplaceTable(Layer.Silver, "days")
            .Retry(3).Deadline(TimeSpan.FromHours(1)).FreshWithin("day", TimeSpan.FromDays(1));
        Assert.Equal(typed.Policies, untyped.Policies);
        Assert.Equal(new PipelinePolicies(new FreshnessPolicy("day", TimeSpan.FromDays(1)), new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), TimeSpan.FromHours(1)), typed.Policies);
    }

    [Theory]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(1, 1.0, 2.0)]
    [InlineData(3, 0.0, 4.0)]
    [InlineData(3, 1.0, 8.0)]
    [InlineData(60, 1.0, 30.0)]
    public void Waits_double_up_to_the_longest_and_half_is_chance(int attempt, double chance, double seconds) =>
        Assert.Equal(seconds, new RetryPolicy(99, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)).DelayAfter(attempt, chance).TotalSeconds, 6);

    [Fact]
    public void Faults_that_pass_are_told_from_those_that_stay()
    {
        Assert.True(TransientFaults.Is(new OperatorException("scan", null, new HttpRequestException("x"))));
        Assert.True(TransientFaults.Is(new InvalidOperationException("x", new System.Net.Sockets.SocketException())));
        Assert.True(TransientFaults.Is(new HttpRequestException("x", null, HttpStatusCode.TooManyRequests)));
        Assert.True(TransientFaults.Is(new CommitConflictException(DatasetId.Table(Layer.Silver, "t"), "lost")));
        Assert.False(TransientFaults.Is(new HttpRequestException("x", null, HttpStatusCode.NotFound)));
        Assert.False(TransientFaults.Is(new SourceFailedException("s", "gone", isTransient: false, new TimeoutException())));
        Assert.False(TransientFaults.Is(new OperationCanceledException()));
        Assert.False(TransientFaults.Is(new IOException("disk full")));
    }

    private InMemoryLakehouse Lake(Func<PipelineEnd<Bronze>, PipelineEnd> policies, Exception[] faults, bool hang = false)
    {
        var left = new Queue<Exception>(faults);
        return new InMemoryLakehouse(dex =>
        {
            dex.AddEngine(o => o.Waits = _waits);
            dex.AddPipeline("days", p => policies(p.ReadStream("days", VersionAsync, RowsAsync).AppendTo(Layer.Bronze, "days")));
        });

        ValueTask<string> VersionAsync(CancellationToken stop)
        {
            _versions.Add($"v{Interlocked.Increment(ref _pinned)}");
            return ValueTask.FromResult(_versions[^1]);
        }

        async IAsyncEnumerable<Bronze> RowsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            Interlocked.Increment(ref _opened);
            yield return Days[0];
            if (hang)
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            if (left.TryDequeue(out var fault))
                throw fault;
        }
    }

    /// <summary>Runs, and lets the fake time pass while it waits.</summary>
    private async Task<RunRecord> RunAsync(InMemoryLakehouse lake, TimeSpan? step = null)
    {
        var running = lake.RunAsync("days", Cancel);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(10, Cancel));
            _waits.Advance(step ?? TimeSpan.FromMinutes(1));
        }

        return await running;
    }
}
