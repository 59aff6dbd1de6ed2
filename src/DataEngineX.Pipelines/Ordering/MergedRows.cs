using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Rows of several batches in their merged order, not yet collected, so that another thread can do that. Owns the row numbers and a share of the batches.</summary>
internal sealed class MergedRows(
    OutputBuffer<uint> rows, int count, IReadOnlyList<SharedBatch> batches, Schema schema, EngineContext context) : IDisposable
{
    /// <summary>Collects the rows; of the columns of the batches those of the schema.</summary>
    public RecordBatch Collect()
    {
        using var chunks = new RowChunks(schema, batches.Select(b => b.Batch));
        return RowGather.Take(chunks, rows.Span[..count], context.Allocator);
    }

    public void Dispose()
    {
        rows.Dispose();
        foreach (var batch in batches)
            batch.Release();
    }
}
