using System.Buffers;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>Counts the bytes of state that one operator holds of the run's budget and tells when it must spill. Thread-safe.</summary>
internal sealed class OperatorMemory : MemoryAllocator, IDisposable
{
    private readonly MemoryShares _shares;
    private readonly OperatorStatistics _statistics;
    private long _held;

    public OperatorMemory(MemoryShares shares, OperatorStatistics statistics)
    {
        _shares = shares;
        _statistics = statistics;
        shares.Enter();
    }

    /// <summary>The bytes this operator holds.</summary>
    public long HeldBytes => Interlocked.Read(ref _held);

    /// <summary>The bytes it may hold now: its fair share of the budget.</summary>
    public long LimitBytes => _shares.LimitFor(HeldBytes);

    /// <summary>Whether it holds more than its share and must spill.</summary>
    public bool IsOverLimit => HeldBytes > LimitBytes;

    /// <summary>Counts bytes held that others allocated, such as batches kept; negative when they are given up.</summary>
    public void Hold(long bytes) => _statistics.RaisePeak(Interlocked.Add(ref _held, bytes));

    /// <summary>Ends the operator's claim to a share; blocks still held go on counting for the run.</summary>
    public void Dispose() => _shares.Leave();

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        var block = _shares.Allocator.Allocate(length);
        bytesAllocated = length;
        _statistics.RaisePeak(Interlocked.Add(ref _held, length));
        return new Counted(this, block, length);
    }

    private sealed class Counted(OperatorMemory owner, IMemoryOwner<byte> inner, int length) : IMemoryOwner<byte>
    {
        private int _disposed;

        public Memory<byte> Memory => inner.Memory;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            inner.Dispose();
            Interlocked.Add(ref owner._held, -length);
        }
    }
}
