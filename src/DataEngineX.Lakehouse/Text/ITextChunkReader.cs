using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Turns chunks of one file into batches. One thread uses it at a time; its memory is kept from chunk to chunk.</summary>
internal interface ITextChunkReader : IDisposable
{
    /// <summary>Starts a chunk, which is borrowed until the next one.</summary>
    void Load(in TextChunk chunk);

    /// <summary>Makes the next batch of the chunk, never an empty one; null when there are no more rows.</summary>
    /// <param name="allocator">Where its buffers come from.</param>
    /// <param name="rejects">Gets the records set aside among its rows; those behind the last row come with the null.</param>
    RecordBatch? Next(MemoryAllocator allocator, List<LineReject> rejects);
}
