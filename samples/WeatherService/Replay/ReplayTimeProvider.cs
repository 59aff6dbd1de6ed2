namespace WeatherService;

/// <summary>The clock of a replay. It runs at its natural pace, and jumps ahead when the replay says so; timers that came due by a jump fire at once.</summary>
/// <remarks>
/// Days pass by jumps and not by a hurried clock, so that what happens within a day still takes as long as it takes: a run of a tenth of a
/// second is told as such, not as an hour.
/// </remarks>
/// <param name="start">What the clock shows first.</param>
public sealed class ReplayTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ReplayTimer> _timers = [];
    private DateTimeOffset _shown = start.ToUniversalTime();
    private long _shownAt = System.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _shown + System.GetElapsedTime(_shownAt);
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Jumps ahead. A jump back is none.</summary>
    /// <param name="instant">What the clock shall show.</param>
    public void JumpTo(DateTimeOffset instant)
    {
        List<ReplayTimer> timers;
        lock (_lock)
        {
            if (instant <= _shown + System.GetElapsedTime(_shownAt))
                return;
            (_shown, _shownAt) = (instant.ToUniversalTime(), System.GetTimestamp());
            timers = [.. _timers.OrderBy(t => t.DueAt)];
        }

        foreach (var timer in timers)
            timer.Look();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ReplayTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Forget(ReplayTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private sealed class ReplayTimer : ITimer
    {
        private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);
        private readonly ReplayTimeProvider _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly Lock _lock = new();
        private readonly ITimer _wake;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private bool _isDisposed;

        public ReplayTimer(ReplayTimeProvider clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _wake = System.CreateTimer(static timer => ((ReplayTimer)timer!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        /// <summary>When it fires, by the replay's clock; the end of time when it does not.</summary>
        public DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                if (_isDisposed)
                    return false;
                _period = period;
                DueAt = After(dueTime);
            }

            Look();
            return true;
        }

        /// <summary>Fires when it is due, and sets the wake for the next time.</summary>
        public void Look()
        {
            bool isDue;
            lock (_lock)
            {
                if (_isDisposed)
                    return;
                isDue = DueAt <= _clock.GetUtcNow();
                if (isDue)
                    DueAt = _period > TimeSpan.Zero ? After(_period) : DateTimeOffset.MaxValue;
                _wake.Change(DueAt == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : Wait(), Timeout.InfiniteTimeSpan);
            }

            if (isDue)
                ThreadPool.UnsafeQueueUserWorkItem(static timer => timer._callback(timer._state), this, preferLocal: false);
        }

        public void Dispose()
        {
            lock (_lock)
                (_isDisposed, DueAt) = (true, DateTimeOffset.MaxValue);
            _wake.Dispose();
            _clock.Forget(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private DateTimeOffset After(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : _clock.GetUtcNow() + span;

        private TimeSpan Wait()
        {
            var wait = DueAt - _clock.GetUtcNow();
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait + TimeSpan.FromMilliseconds(1) : LongestWait;
        }
    }
}
