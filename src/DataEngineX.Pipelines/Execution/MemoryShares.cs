namespace DataEngineX.Pipelines;

/// <summary>
/// Divides a third of a run's budget between the operators that hold state at the same time. A share is a limit at which an operator spills; the
/// rest is for batches in flight, for tables that grow (the old and the new memory are held at once) and for the copy that is written out.
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
        var equal = budget / 3 / Math.Max(1, Volatile.Read(ref _open));
        var left = (budget / 3 * 2) - (allocator.HeldBytes - held);
        return Math.Max(budget / 32, Math.Min(equal, left));
    }
}
