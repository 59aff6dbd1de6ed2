using DataEngineX.Hosting.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Hosting.Tests.Scheduling;

public sealed class SchedulerTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TestHost.Noon);
    private readonly Feed _in = new Feed("in").With(1);
    private readonly Feed _out = new("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_slot_is_one_run()
    {
        await using var host = await Hourly().StartedAsync();
        for (var slot = 1; slot <= 5; slot++)
        {
            _in.Publish();
            await host.Metadata.GetLastSlotAsync("any");
            _clock.Advance(Hour);
            await host.UntilRunsAsync(slot);
        }

        var runs = await host.RunsAsync();
        Assert.Equal(5, runs.Count);
        Assert.All(runs, r => Assert.Equal(("schedule", RunState.Succeeded), (r.Trigger, r.State)));
        Assert.Equal(5, _out.Version);
    }

    [Fact]
    public async Task Slots_missed_while_no_host_ran_are_one_run()
    {
        await using (var first = await Hourly().StartedAsync())
        {
            _clock.Advance(Hour);
            await first.UntilRunsAsync(1);
        }

        _clock.Advance(6 * Hour + TimeSpan.FromMinutes(5));
        await using var second = await Hourly().StartedAsync();
        await second.UntilRunsAsync(2);
        _clock.Advance(Hour);
        await second.UntilRunsAsync(3);

        Assert.Equal(3, (await second.RunsAsync()).Count);
        Assert.Contains(second.Logs.Lines, l => l.Id.Id == 3020);
    }

    [Fact]
    public async Task A_slot_missed_before_the_first_one_ever_is_caught_up_with()
    {
        await using (await Hourly().StartedAsync())
        {
            // It stops before its first slot.
        }

        await using var never = Hourly();
        await never.Metadata.InitializeAsync();
        _clock.Advance(Hour);
        await using var second = await Hourly().StartedAsync();

        Assert.Equal("schedule", Assert.Single(await second.UntilRunsAsync(1)).Trigger);
    }

    [Fact]
    public async Task A_schedule_seen_for_the_first_time_has_nothing_to_catch_up_with()
    {
        await using var host = await Hourly().StartedAsync();
        await Until.AsyncIs(async () => await host.Metadata.GetValueAsync("schedule-seen/p|0 * * * *|Etc/UTC")
            ?? await host.Metadata.GetValueAsync("schedule-seen/p|0 * * * *|UTC"), seen => seen is not null);
        await host.StopAsync();

        Assert.Empty(await host.RunsAsync());
    }

    [Fact]
    public async Task Two_hosts_on_one_file_never_run_a_slot_twice()
    {
        const int Slots = 40;
        var otherClock = new FakeTimeProvider(TestHost.Noon);
        await using var one = await Hourly().StartedAsync();
        await using var two = await Hourly(otherClock).StartedAsync();
        for (var slot = 1; slot <= Slots; slot++)
        {
            // Both wake at once.
            Parallel.Invoke(() => _clock.Advance(Hour), () => otherClock.Advance(Hour));
            await one.UntilRunsAsync(slot);
        }

        await one.StopAsync();
        await two.StopAsync();
        Assert.Equal(Slots, (await one.RunsAsync()).Count);
    }

    [Fact]
    public async Task A_clock_set_back_fires_no_slot_again()
    {
        await using (var first = await Hourly().StartedAsync())
        {
            _clock.Advance(Hour);
            await first.UntilRunsAsync(1);
        }

        await using var second = await Hourly(new FakeTimeProvider(TestHost.Noon)).StartedAsync();
        await Until.Is(() => second.Logs.Lines.Any(l => l.Id.Id == 3000));
        second.Clock.Advance(Hour);
        second.Clock.Advance(Hour);
        await second.UntilRunsAsync(2);

        Assert.Equal(2, (await second.RunsAsync()).Count);
    }

    /// <summary>A slot is claimed once for all hosts: who claims it and has no room for its run must not forget it.</summary>
    [Fact]
    public async Task A_slot_that_finds_the_queue_full_runs_once_there_is_room()
    {
        var slow = new Feed("slow").With(1);
        var gate = new Hold();
        slow.OnRead = _ => gate.PassAsync();
        await using var host = await new TestHost(_folder, dex => dex
            .AddCopy("p", _in, _out).Schedule("p", "0 * * * *")
            .AddCopy("slow", slow, new Feed("slow out")).AddCopy("waits", new Feed("none"), new Feed("waits out"))
            .ConfigureHost(o => (o.MaxWaitingRuns, o.MaxParallelRuns) = (1, 1)), _clock).StartedAsync();
        host.Get<IRunQueue>().Enqueue(new RunRequest("slow"));
        await gate.Reached;
        host.Get<IRunQueue>().Enqueue(new RunRequest("waits"));
        _clock.Advance(Hour);
        await Until.AsyncIs(async () => await host.Metadata.GetValueAsync("deferred/p"), kept => kept is not null);
        gate.Open();

        Assert.Equal("schedule", Assert.Single(await host.UntilRunsAsync(1, "p")).Trigger);
        Assert.Null(await host.Metadata.GetValueAsync("deferred/p"));
    }

    /// <summary>What a host leaves that was killed after it had claimed a slot.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slot_whose_host_died_before_its_run_began_is_run_by_the_next_host(bool hasRunBefore)
    {
        await using (var first = await Hourly().StartedAsync())
        {
            if (hasRunBefore)
            {
                _clock.Advance(Hour);
                await first.UntilRunsAsync(1);
                _in.Publish();
            }
        }

        _clock.Advance(Hour);
        await using (var dead = Hourly())
        {
            foreach (var zone in (string[])["Etc/UTC", "UTC"])
                Assert.True(await dead.Metadata.TryClaimSlotAsync($"p|0 * * * *|{zone}", _clock.GetUtcNow(), "dead"));
        }

        await using (var second = await Hourly().StartedAsync())
            Assert.Equal("schedule", (await second.UntilRunsAsync(hasRunBefore ? 2 : 1))[0].Trigger);

        // It has run now: a third host leaves it alone.
        await using var third = await Hourly().StartedAsync();
        await Until.Is(() => third.Logs.Lines.Any(l => l.Id.Id == 3000));
        _clock.Advance(Hour);
        await third.UntilRunsAsync(hasRunBefore ? 3 : 2);
        Assert.Equal(hasRunBefore ? 3 : 2, (await third.RunsAsync()).Count);
    }

    [Fact]
    public async Task A_pipeline_runs_at_start()
    {
        await using var host = await new TestHost(_folder, dex => dex.AddCopy("p", _in, _out).RunAtStart("p"), _clock).StartedAsync();

        Assert.Equal("start", Assert.Single(await host.UntilRunsAsync(1)).Trigger);
    }

    private TestHost Hourly(FakeTimeProvider? clock = null) =>
        new(_folder, dex => dex.AddCopy("p", _in, _out).Schedule("p", "0 * * * *"), clock ?? _clock);
}
