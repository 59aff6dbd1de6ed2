using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Text;

/// <summary>A chunk of an open file that any thread may read: a place to read from, or bytes already read.</summary>
internal sealed class TextFileChunk(TextFile file, TextPlace place, TextChunk chunk) : IDisposable
{
    private TextChunk _chunk = chunk;
    private ITextChunkReader? _reader;

    /// <summary>Prepares the batches.</summary>
    internal void Open(Schema output)
    {
        if (_chunk.Buffer is null)
            _chunk = file.ReadAt(place);
        _reader = file.RentReader(output);
        _reader.Load(_chunk);
    }

    /// <summary>The next batch, or null at the end; see <see cref="ITextChunkReader.Next"/>.</summary>
    internal RecordBatch? Next(MemoryAllocator allocator, List<LineReject> rejects) => _reader!.Next(allocator, rejects);

    public void Dispose()
    {
        if (_reader is not null)
            file.Return(_reader);
        _reader = null;
        _chunk.Dispose();
        file.Dispose();
    }
}
