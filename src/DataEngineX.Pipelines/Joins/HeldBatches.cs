using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>What one worker holds of the side of a join that is held, and what the operator's memory counts for it. Used by one thread at a time.</summary>
internal sealed class HeldBatches(OperatorMemory memory) : IDisposable
{
    private readonly Queue<(long Sequence, RecordBatch Batch)> _batches = [];
    private long _bytes;

    /// <summary>All rows ever taken.</summary>
    public long Rows { get; private set; }

    public void Take(RecordBatch batch, long sequence)
    {
        _batches.Enqueue((sequence, batch));
        Rows += batch.Length;
        Hold(BatchBytes.Of(batch));
    }

    /// <summary>Gives the batches away one by one; when there is none left, nothing is counted any more.</summary>
    public bool TryGive([NotNullWhen(true)] out RecordBatch? batch, out long sequence)
    {
        if (_batches.TryDequeue(out var held))
        {
            (sequence, batch) = held;
            return true;
        }

        Hold(-_bytes);
        (sequence, batch) = (0, null);
        return false;
    }

    /// <summary>The batches of all workers in the order of the input; the caller owns them and what is counted for them.</summary>
    public static (IReadOnlyList<RecordBatch> Batches, long Bytes) TakeAll(IReadOnlyList<HeldBatches> workers)
    {
        var bytes = workers.Sum(w => w._bytes);
        RecordBatch[] batches = [.. workers.SelectMany(w => w._batches).OrderBy(b => b.Sequence).Select(b => b.Batch)];
        foreach (var worker in workers)
        {
            worker._batches.Clear();
            worker._bytes = 0;
        }

        return (batches, bytes);
    }

    public void Dispose()
    {
        while (TryGive(out var batch, out _))
            batch.Dispose();
    }

    private void Hold(long bytes)
    {
        _bytes += bytes;
        memory.Hold(bytes);
    }
}
