using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>Rows held in memory alone.</summary>
internal sealed class RowsInMemory : WaitingRows
{
    private readonly Queue<RecordBatch> _batches = [];

    public override void Add(RecordBatch batch) => _batches.Enqueue(batch);

    public override IEnumerable<RecordBatch> Read() => _batches.Select(b => b.SliceShared(0, b.Length));

    public override IEnumerable<RecordBatch> Drain()
    {
        while (_batches.TryDequeue(out var batch))
            yield return batch;
    }

    protected override void Dispose(bool disposing)
    {
        while (_batches.TryDequeue(out var batch))
            batch.Dispose();
    }
}
