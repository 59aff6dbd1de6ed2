using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Marks rows that are not equal to the one before in the leading keys, across the batches of an ordered stream.</summary>
internal sealed class PeerTracker(WindowPlan plan, int keys) : IDisposable
{
    private RecordBatch? _last;

    /// <summary>Marks the rows of the next batch; the first row of the stream is marked.</summary>
    public void Mark(RecordBatch batch, Span<bool> starts)
    {
        plan.Mark(batch, keys, starts);
        if (_last is not null)
            starts[0] = Differs(batch);
        _last?.Dispose();
        _last = batch.SliceShared(batch.Length - 1, 1);
    }

    public void Dispose()
    {
        _last?.Dispose();
        _last = null;
    }

    private bool Differs(RecordBatch batch)
    {
        var orders = plan.Sort.Orders;
        var allocator = Apache.Arrow.Memory.MemoryAllocator.Default.Value;
        Span<bool> starts = stackalloc bool[2];
        using var first = batch.SliceShared(0, 1);
        for (var k = 0; k < keys; k++)
        {
            using var pair = Concatenation.Concat([_last!.Column(orders[k].Column), first.Column(orders[k].Column)], allocator);
            Windows.PartitionStarts([pair], starts);
            if (starts[1])
                return true;
        }

        return false;
    }
}
