namespace DataEngineX.Pipelines;

/// <summary>
/// Divides half of a run's budget between the operators that hold state at the same time. A share is a limit at which an operator spills; the
/// other half is for batches in flight and for tables that grow, when the old and the new memory of a table are held at once.
/// </summary>
internal sealed class MemoryShares(TrackingAllocator allocator)
{
    private int _open;

    public TrackingAllocator Allocator => allocator;

    public void Enter() => Interlocked.Increment(ref _open);

    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>The bytes an operator that holds so many may hold now. What others hold already cannot be shared out again.</summary>
    public long LimitFor(long held)
    {
        var budget = allocator.BudgetBytes;
        var equal = budget / 2 / Math.Max(1, Volatile.Read(ref _open));
        var left = (budget / 4 * 3) - (allocator.HeldBytes - held);
        return Math.Max(budget / 32, Math.Min(equal, left));
    }
}
