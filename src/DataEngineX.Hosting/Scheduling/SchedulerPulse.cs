namespace DataEngineX.Hosting.Scheduling;

/// <summary>When the scheduler last gave a sign of life, in real time.</summary>
internal sealed class SchedulerPulse
{
    private long _last;

    /// <summary>The time since the last sign, or null when the scheduler has not begun.</summary>
    public TimeSpan? Silence => Interlocked.Read(ref _last) is var last && last == 0 ? null : TimeProvider.System.GetElapsedTime(last);

    public void Beat() => Interlocked.Exchange(ref _last, TimeProvider.System.GetTimestamp());
}
