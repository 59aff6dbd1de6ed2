using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Makes a batch whose memory belongs to the batch, as Arrow's stream reader gives it, into one whose columns can be retained and shared: each
/// buffer holds the whole until all are given back. Nothing is copied.
/// </summary>
internal static class LentBatch
{
    /// <summary>Takes the batch.</summary>
    public static RecordBatch Take(RecordBatch lent)
    {
        var lease = new Lease(lent);
        try
        {
            return new RecordBatch(lent.Schema, lent.Arrays.Select(a => ArrowArrayFactory.BuildArray(Own(a.Data, lease))).ToList(), lent.Length);
        }
        finally
        {
            lease.Release();
        }
    }

    private static ArrayData Own(ArrayData data, Lease lease)
    {
        ArrowBuffer[] buffers = [.. data.Buffers.Select(b => b.IsEmpty ? ArrowBuffer.Empty : AdoptingAllocator.Adopt(new Slice(b.Memory, lease)))];
        ArrayData[]? children = data.Children is null ? null : [.. data.Children.Select(c => Own(c, lease))];
        return new ArrayData(
            data.DataType, data.Length, data.NullCount, data.Offset, buffers, children, data.Dictionary is null ? null : Own(data.Dictionary, lease));
    }

    private sealed class Lease(RecordBatch batch)
    {
        private int _holders = 1;

        public void Retain() => Interlocked.Increment(ref _holders);

        public void Release()
        {
            if (Interlocked.Decrement(ref _holders) == 0)
                batch.Dispose();
        }
    }

    private sealed class Slice : IMemoryOwner<byte>
    {
        private readonly Lease _lease;
        private int _disposed;

        public Slice(ReadOnlyMemory<byte> memory, Lease lease)
        {
            Memory = MemoryMarshal.AsMemory(memory);
            _lease = lease;
            lease.Retain();
        }

        public Memory<byte> Memory { get; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                _lease.Release();
        }
    }
}
