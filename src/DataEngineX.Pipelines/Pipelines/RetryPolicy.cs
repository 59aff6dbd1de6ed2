namespace DataEngineX.Pipelines;

/// <summary>How often a run is tried, and how long it waits between attempts. Only transient faults are tried again, see <see cref="TransientFaults"/>.</summary>
/// <param name="Attempts">The most attempts, the first included; 1 to 100.</param>
/// <param name="Delay">The wait before the second attempt; it doubles with each further one.</param>
/// <param name="MaxDelay">The longest wait.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan Delay, TimeSpan MaxDelay)
{
    /// <summary>The wait after an attempt: half of it for certain, the other half by chance, so that runs that failed together do not come back together.</summary>
    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    /// <param name="chance">0 to 1.</param>
    public TimeSpan DelayAfter(int attempt, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempt);
        var doubled = Delay.TotalSeconds * Math.Pow(2, attempt - 1);
        return TimeSpan.FromSeconds(Math.Min(doubled, MaxDelay.TotalSeconds) * (0.5 + (Math.Clamp(chance, 0, 1) / 2)));
    }

    internal static RetryPolicy Of(int attempts, TimeSpan? delay, TimeSpan? maxDelay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attempts, 100);
        var first = delay ?? TimeSpan.FromSeconds(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, TimeSpan.Zero, nameof(delay));
        var longest = maxDelay ?? TimeSpan.FromMinutes(1);
        return new RetryPolicy(attempts, first, longest < first ? first : longest);
    }

    /// <inheritdoc/>
    public override string ToString() => $"up to {Attempts} attempts, {Delay} to {MaxDelay} apart, after transient faults";
}
