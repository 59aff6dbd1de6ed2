using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;

namespace DataEngineX.Lakehouse.Text;

/// <summary>A text file that is open and, unless that was declined, checked from end to end; it is read in chunks, by several threads at once.</summary>
internal sealed class TextFile : IDisposable
{
    private readonly TextInput _input;
    private readonly Func<CsvChunker> _createChunker;
    private readonly Func<Schema, ITextChunkReader> _createReader;
    private readonly List<TextPlace>? _places;
    private readonly ConcurrentBag<ITextChunkReader> _idle = [];
    private CsvChunker? _chunker;
    private int _users = 1;

    private TextFile(
        TextInput input, Func<CsvChunker> createChunker, Func<Schema, ITextChunkReader> createReader, CsvChunker? chunker, List<TextPlace>? places)
    {
        _input = input;
        _createChunker = createChunker;
        _createReader = createReader;
        _chunker = chunker;
        _places = places;
    }

    internal string Name => _input.Name;

    /// <summary>Opens a file.</summary>
    /// <param name="input">The bytes; disposed with the file, also when opening fails.</param>
    /// <param name="options">How the file is cut into chunks.</param>
    /// <param name="prepare">Called when the first chunk or, of a file that is checked, the last one is known; makes what makes chunk readers.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    internal static async Task<TextFile> OpenAsync(
        TextInput input, CsvReadOptions options, Func<CsvChunker, Func<Schema, ITextChunkReader>> prepare, CancellationToken cancellationToken)
    {
        CsvChunker? chunker = null;
        try
        {
            Check(input, options);
            chunker = new CsvChunker(input, options);
            var createChunker = () => new CsvChunker(input, options);
            if (!options.CheckFirst)
            {
                if (!await chunker.NextAsync(cancellationToken).ConfigureAwait(false))
                    throw new SourceRefusedException(input.Name, "it is empty");
                return new TextFile(input, createChunker, prepare(chunker), chunker, null);
            }

            var places = new List<TextPlace>();
            while (await chunker.NextAsync(cancellationToken).ConfigureAwait(false))
                places.Add(chunker.Place);
            var createReader = prepare(chunker);
            chunker.Dispose();
            if (input.HasPlaces)
                return new TextFile(input, createChunker, createReader, null, places);
            input.Rewind();
            return new TextFile(input, createChunker, createReader, null, null);
        }
        catch
        {
            chunker?.Dispose();
            input.Dispose();
            throw;
        }
    }

    /// <summary>The chunks in order. Each holds the file open until it is disposed.</summary>
    internal async IAsyncEnumerable<TextFileChunk> ChunksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_places is not null)
        {
            foreach (var place in _places)
                yield return new TextFileChunk(Hold(), place, default);
            yield break;
        }

        // A file that was not checked stands at its first chunk.
        var isReady = _chunker is not null;
        _chunker ??= _createChunker();
        while (isReady || await _chunker.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            isReady = false;
            yield return new TextFileChunk(Hold(), default, _chunker.TakeChunk());
        }
    }

    /// <summary>Reads the chunk at a place of a plain file.</summary>
    internal TextChunk ReadAt(TextPlace place)
    {
        var chunk = new TextChunk
        {
            Buffer = TextChunk.Rent(place.Length),
            Length = place.Length,
            FirstLine = place.FirstLine,
            IsFirst = place.Offset == _places![0].Offset,
        };
        if (_input.ReadAt(chunk.Buffer.AsSpan(0, place.Length), place.Offset) == place.Length)
            return chunk;
        chunk.Dispose();
        throw new SourceRefusedException(Name, "it became shorter while it was read", place.FirstLine);
    }

    internal ITextChunkReader RentReader(Schema output) => _idle.TryTake(out var reader) ? reader : _createReader(output);

    internal void Return(ITextChunkReader reader) => _idle.Add(reader);

    /// <summary>Gives up one hold; the last one closes the file.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) != 0)
            return;
        while (_idle.TryTake(out var reader))
            reader.Dispose();
        _chunker?.Dispose();
        _input.Dispose();
    }

    private TextFile Hold()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    private static void Check(TextInput input, CsvReadOptions options)
    {
        if (options.CheckFirst && !input.CanRewind)
            throw new ArgumentException("The stream must be seekable: the file is checked before its rows are read. Set CheckFirst to false to read it once.");
        CsvDialect.Check(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxRecordBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ChunkBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SkipLines);
    }
}
