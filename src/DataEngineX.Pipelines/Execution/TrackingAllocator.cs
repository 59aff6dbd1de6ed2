using System.Buffers;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>Counts the bytes a run holds and refuses more than its budget. At the end of a run it must stand at zero.</summary>
public sealed class TrackingAllocator : MemoryAllocator
{
    /// <summary>Blocks kept for reuse take at most this share of the budget.</summary>
    private const int KeptShare = 8;

    private readonly MemoryAllocator? _inner;
    private long _held;
    private long _peak;

    /// <summary>Creates an allocator.</summary>
    /// <param name="budgetBytes">The most bytes held at once. <value>Default: no limit.</value></param>
    /// <param name="inner">Where memory comes from. <value>Default: null, native memory of which the garbage collector knows nothing.</value></param>
    public TrackingAllocator(long budgetBytes = long.MaxValue, MemoryAllocator? inner = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(budgetBytes);
        BudgetBytes = budgetBytes;
        _inner = inner;
    }

    /// <summary>The most bytes held at once.</summary>
    public long BudgetBytes { get; }

    /// <summary>The bytes held now.</summary>
    public long HeldBytes => Interlocked.Read(ref _held);

    /// <summary>The most bytes held so far.</summary>
    public long PeakBytes => Interlocked.Read(ref _peak);

    /// <inheritdoc/>
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        var size = _inner is null ? BlockPool.SizeOf(length) : length;
        Reserve(size);
        bytesAllocated = length;
        try
        {
            return new Tracked(this, _inner?.Allocate(length) ?? new NativeBlock(length), size);
        }
        catch
        {
            Release(size);
            throw;
        }
    }

    /// <summary>Counts memory that comes from elsewhere, such as a library's buffers, as held.</summary>
    /// <param name="bytes">How many; given back by <see cref="Release"/>.</param>
    /// <exception cref="MemoryBudgetException">The budget does not have them.</exception>
    public void Reserve(long bytes)
    {
        var held = Interlocked.Add(ref _held, bytes);
        if (held > BudgetBytes)
        {
            Interlocked.Add(ref _held, -bytes);
            throw new MemoryBudgetException(bytes, held - bytes, BudgetBytes);
        }

        RaisePeak(held);

        // What the process keeps for reuse is part of what it takes up.
        var most = Math.Min(BudgetBytes / KeptShare, BudgetBytes - held);
        if (BlockPool.KeptBytes > most)
            BlockPool.Trim(most);
    }

    /// <summary>Ends what <see cref="Reserve"/> counted.</summary>
    /// <param name="bytes">How many.</param>
    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);

    private void RaisePeak(long held)
    {
        var peak = Interlocked.Read(ref _peak);
        while (held > peak)
        {
            var seen = Interlocked.CompareExchange(ref _peak, held, peak);
            if (seen == peak)
                return;
            peak = seen;
        }
    }

    private sealed class Tracked(TrackingAllocator owner, IMemoryOwner<byte> inner, long size) : IMemoryOwner<byte>
    {
        private int _disposed;

        public Memory<byte> Memory => inner.Memory;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            inner.Dispose();
            owner.Release(size);
        }
    }
}
