using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Holds all batches of a stream and gives them back as one. Owns what it holds.</summary>
internal sealed class BatchBuffer(Schema schema, MemoryAllocator allocator) : IDisposable
{
    private readonly List<RecordBatch> _batches = [];

    public static async ValueTask<RecordBatch> ReadAllAsync(
        IAsyncEnumerable<RecordBatch> source, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken)
    {
        using var buffer = new BatchBuffer(schema, allocator);
        await foreach (var batch in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            buffer._batches.Add(batch);
        return buffer.TakeAll();
    }

    /// <summary>One batch with all rows, owned by the caller.</summary>
    public RecordBatch TakeAll()
    {
        if (_batches.Count == 0)
            return new RecordBatch(schema, schema.FieldsList.Select(f => Constants.Nulls(f.DataType, 0, allocator)), 0);
        if (_batches.Count == 1)
        {
            var only = _batches[0];
            _batches.Clear();
            return only;
        }

        return Concatenation.Concat(_batches, allocator);
    }

    /// <summary>Cuts a batch into pieces of at most so many rows; takes ownership of it.</summary>
    public static IEnumerable<RecordBatch> TakeSlices(RecordBatch batch, int rows)
    {
        using (batch)
        {
            for (var start = 0; start < batch.Length; start += rows)
                yield return batch.SliceShared(start, Math.Min(rows, batch.Length - start));
        }
    }

    public void Dispose()
    {
        foreach (var batch in _batches)
            batch.Dispose();
        _batches.Clear();
    }
}
