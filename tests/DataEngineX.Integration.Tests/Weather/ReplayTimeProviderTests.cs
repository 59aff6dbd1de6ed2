using WeatherService;

namespace DataEngineX.Integration.Tests.Weather;

public sealed class ReplayTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_jump_fires_what_came_due()
    {
        var clock = new ReplayTimeProvider(Start);
        var tomorrow = Task.Delay(TimeSpan.FromDays(1), clock);
        var nextWeek = Task.Delay(TimeSpan.FromDays(7), clock);

        clock.JumpTo(Start.AddDays(1).AddSeconds(1));

        await tomorrow.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(nextWeek.IsCompleted);
    }

    [Fact]
    public async Task Between_jumps_time_passes_at_its_own_pace()
    {
        var clock = new ReplayTimeProvider(Start);
        var before = clock.GetTimestamp();

        await Task.Delay(TimeSpan.FromMilliseconds(20), clock);

        Assert.True(clock.GetUtcNow() >= Start.AddMilliseconds(20));
        Assert.True(clock.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Time_does_not_go_back()
    {
        var clock = new ReplayTimeProvider(Start);

        clock.JumpTo(Start.AddDays(-1));

        Assert.True(clock.GetUtcNow() >= Start);
    }

    [Fact]
    public async Task A_period_passed_by_a_jump_fires_once()
    {
        var clock = new ReplayTimeProvider(Start);
        var fired = 0;
        await using var timer = clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        var day = Task.Delay(TimeSpan.FromDays(1), clock);

        clock.JumpTo(Start.AddDays(1).AddSeconds(1));

        await day.WaitAsync(TimeSpan.FromSeconds(30));
        SpinWait.SpinUntil(() => Volatile.Read(ref fired) > 0, TimeSpan.FromSeconds(30));
        Assert.Equal(1, fired);
    }
}
