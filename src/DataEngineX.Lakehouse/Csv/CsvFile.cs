using System.Collections.Concurrent;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>A file that is open, with its header known and, unless that was declined, checked from end to end.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly TextInput _input;
    private readonly ConcurrentBag<CsvChunkReader> _idle = [];
    private readonly List<TextPlace>? _places;
    private readonly long _firstPlace;
    private CsvChunker? _chunker;
    private int _users = 1;

    private CsvFile(TextInput input, CsvReadOptions options, CsvHeader header, CsvChunker? chunker, List<TextPlace>? places, long firstPlace)
    {
        _input = input;
        Options = options;
        Header = header;
        _chunker = chunker;
        _places = places;
        _firstPlace = firstPlace;
    }

    internal string Name => _input.Name;

    internal CsvReadOptions Options { get; }

    internal CsvHeader Header { get; }

    /// <summary>Opens a file; the stream is disposed with it, also when opening fails.</summary>
    internal static async Task<CsvFile> OpenAsync(Stream stream, string name, CsvReadOptions options, CancellationToken cancellationToken)
    {
        var input = TextInput.Open(stream, name, options.Compression, options.Encoding);
        var chunker = new CsvChunker(input, options);
        try
        {
            CheckOptions(input, options);
            if (!options.CheckFirst)
            {
                if (!await chunker.NextAsync(cancellationToken).ConfigureAwait(false))
                    throw new SourceRefusedException(name, "it is empty");
                return new CsvFile(input, options, HeaderOf(name, chunker, options), chunker, null, 0);
            }

            var places = new List<TextPlace>();
            while (await chunker.NextAsync(cancellationToken).ConfigureAwait(false))
                places.Add(chunker.Place);
            var header = HeaderOf(name, chunker, options);
            chunker.Dispose();
            if (input.HasPlaces)
                return new CsvFile(input, options, header, null, places, places[0].Offset);
            input.Rewind();
            return new CsvFile(input, options, header, null, null, 0);
        }
        catch
        {
            chunker.Dispose();
            input.Dispose();
            throw;
        }
    }

    /// <summary>The chunks in order. Each holds the file open until it is disposed.</summary>
    internal async IAsyncEnumerable<CsvFileChunk> ChunksAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_places is not null)
        {
            foreach (var place in _places)
                yield return new CsvFileChunk(Hold(), place, default);
            yield break;
        }

        // A file that was not checked stands at its first chunk.
        var isReady = _chunker is not null;
        _chunker ??= new CsvChunker(_input, Options);
        while (isReady || await _chunker.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            isReady = false;
            yield return new CsvFileChunk(Hold(), default, _chunker.TakeChunk());
        }
    }

    /// <summary>Reads the chunk at a place of a plain file.</summary>
    internal TextChunk ReadAt(TextPlace place)
    {
        var chunk = new TextChunk { Buffer = TextChunk.Rent(place.Length), Length = place.Length, FirstLine = place.FirstLine, IsFirst = place.Offset == _firstPlace };
        if (_input.ReadAt(chunk.Buffer.AsSpan(0, place.Length), place.Offset) == place.Length)
            return chunk;
        chunk.Dispose();
        throw new SourceRefusedException(Name, "it became shorter while it was read", place.FirstLine);
    }

    internal CsvChunkReader RentReader(Schema output) => _idle.TryTake(out var reader) ? reader : new CsvChunkReader(Name, Header, Options, output);

    internal void Return(CsvChunkReader reader) => _idle.Add(reader);

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

    private CsvFile Hold()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    private static void CheckOptions(TextInput input, CsvReadOptions options)
    {
        if (options.CheckFirst && !input.CanRewind)
            throw new ArgumentException("The stream must be seekable: the file is checked before its rows are read. Set CheckFirst to false to read it once.");
        CsvDialect.Check(options);
        if (!options.HasHeader && options.Schema is null)
            throw new ArgumentException("Without a header the columns must be declared: set Schema, or sniff it.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxRecordBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ChunkBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SkipLines);
    }

    private static CsvHeader HeaderOf(string name, CsvChunker chunker, CsvReadOptions options)
    {
        if (!options.HasHeader)
            return CsvHeader.WithoutNames(options.Schema!);
        var record = chunker.FirstRecord!;
        if (record.HasBadQuotes)
            throw new SourceRefusedException(name, "the header has text after a closing quote", chunker.FirstRecordLine);
        var names = record.Fields.Select(static f => f.Trim()).ToArray();
        if (names.Contains(""))
            throw new SourceRefusedException(name, $"column {System.Array.IndexOf(names, "") + 1} of the header has no name", chunker.FirstRecordLine);
        return CsvHeader.Map(name, names, chunker.FirstRecordLine, options);
    }
}
