using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Batches cut and put together so that none has more rows than a power of two, and two neighbours together have more. Owns them.</summary>
internal sealed class ChunkList : IDisposable
{
    private const int MostRows = 1 << 16;

    private ChunkList(RecordBatch[] batches, int shift)
    {
        Batches = batches;
        Shift = shift;
    }

    public RecordBatch[] Batches { get; }

    /// <summary>The power of two.</summary>
    public int Shift { get; }

    /// <summary>Takes batches in order, and what the operator's memory counts for them, which is let go of when this fails.</summary>
    public static ChunkList Take(IReadOnlyList<RecordBatch> batches, long bytes, EngineContext context, OperatorMemory memory)
    {
        try
        {
            return Take(batches, context.BatchRows, context.Allocator);
        }
        catch
        {
            memory.Hold(-bytes);
            throw;
        }
    }

    /// <summary>Takes batches in order.</summary>
    /// <param name="batches">The batches; disposed on failure too.</param>
    /// <param name="rows">How many rows a chunk should have.</param>
    /// <param name="allocator">Where small batches are put together.</param>
    private static ChunkList Take(IReadOnlyList<RecordBatch> batches, int rows, MemoryAllocator allocator)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(rows, 1, MostRows));
        var chunks = new List<RecordBatch>();
        var small = new List<RecordBatch>();
        var (next, waiting) = (0, 0);
        try
        {
            for (; next < batches.Count; next++)
            {
                var batch = batches[next];
                for (var start = 0; start < batch.Length; start += size)
                {
                    var length = Math.Min(size, batch.Length - start);
                    if (waiting + length > size)
                        waiting = Flush(chunks, small, allocator);
                    small.Add(batch.SliceShared(start, length));
                    waiting += length;
                }

                batch.Dispose();
            }

            Flush(chunks, small, allocator);
            return new ChunkList([.. chunks], BitOperations.Log2((uint)size));
        }
        catch
        {
            foreach (var batch in chunks.Concat(small).Concat(batches.Skip(next)))
                batch.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var batch in Batches)
            batch.Dispose();
    }

    /// <summary>Makes one chunk of what waits; a single batch stays as it is.</summary>
    private static int Flush(List<RecordBatch> chunks, List<RecordBatch> small, MemoryAllocator allocator)
    {
        if (small.Count == 0)
            return 0;
        chunks.Add(Concatenation.Concat(small, allocator));
        foreach (var piece in small)
            piece.Dispose();
        small.Clear();
        return 0;
    }
}
