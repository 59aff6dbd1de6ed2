using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Rows held within an operator's share of the budget: where they become too many, all so far go to disk, in order, and later ones may follow.</summary>
internal sealed class SpillingRows(EngineContext context, Schema schema) : WaitingRows
{
    private readonly OperatorMemory _memory = context.OpenMemory();
    private readonly SpillFile _file = context.CreateSpill(schema);
    private readonly Queue<(RecordBatch Batch, long Bytes)> _batches = [];

    public override void Add(RecordBatch batch)
    {
        var bytes = BatchBytes.Of(batch);
        _batches.Enqueue((batch, bytes));
        _memory.Hold(bytes);
        if (_memory.IsOverLimit)
            Spill();
    }

    public override IEnumerable<RecordBatch> Read() =>
        _file.Read(context.Allocator).Concat(_batches.Select(static held => held.Batch.SliceShared(0, held.Batch.Length)));

    public override IEnumerable<RecordBatch> Drain()
    {
        foreach (var batch in _file.Read(context.Allocator))
            yield return batch;
        while (_batches.TryDequeue(out var held))
        {
            _memory.Hold(-held.Bytes);
            yield return held.Batch;
        }
    }

    protected override void Dispose(bool disposing)
    {
        while (_batches.TryDequeue(out var held))
        {
            _memory.Hold(-held.Bytes);
            held.Batch.Dispose();
        }

        _file.Dispose();
        _memory.Dispose();
    }

    private void Spill()
    {
        while (_batches.TryDequeue(out var held))
        {
            using (held.Batch)
                _file.Write(held.Batch);
            _memory.Hold(-held.Bytes);
        }
    }
}
