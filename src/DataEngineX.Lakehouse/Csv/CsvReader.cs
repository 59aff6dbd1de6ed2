using System.Runtime.CompilerServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>
/// Reads a CSV file (RFC 4180, UTF-8) into Arrow batches. Opening reads the whole file once and refuses one that is empty, binary, cut off or
/// lacks a column, so that no row of a worthless file is ever yielded; rows that do not fit are handed to a callback while the others go on.
/// </summary>
public sealed class CsvReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly CsvReadOptions _options;
    private readonly CsvHeader _header;
    private bool _read;

    private CsvReader(Stream stream, string name, CsvReadOptions options, CsvHeader header)
    {
        _stream = stream;
        Name = name;
        _options = options;
        _header = header;
        var fields = new List<Field>(header.Columns.FieldsList);
        if (options.OriginColumns)
        {
            fields.Add(new Field(RowOrigin.FileColumn, StringType.Default, nullable: false));
            fields.Add(new Field(RowOrigin.LineColumn, Int64Type.Default, nullable: false));
        }

        Schema = new Schema(fields, null);
    }

    /// <summary>The file's name, as it appears in errors, rejects and <see cref="RowOrigin.FileColumn"/>.</summary>
    public string Name { get; }

    /// <summary>The columns of the batches, origin columns included.</summary>
    public Schema Schema { get; }

    /// <summary>The names of the file's header, or of the declared columns where there is no header.</summary>
    public IReadOnlyList<string> Header => _header.Names;

    /// <summary>How many rows were put into batches so far.</summary>
    public long RowsAccepted { get; private set; }

    /// <summary>How many rows were handed to the reject callback so far.</summary>
    public long RowsRejected { get; private set; }

    /// <summary>Checks a file from end to end and opens it.</summary>
    /// <param name="stream">A seekable stream; the reader disposes it, also when opening fails.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="options">How to read; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="SourceRefusedException">The file is worthless as a whole.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek, or the options do not fit together.</exception>
    public static async Task<CsvReader> OpenAsync(
        Stream stream, string name, CsvReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new CsvReadOptions();
        try
        {
            CheckOptions(stream, options);
            await new CsvFileCheck(name, (byte)options.Separator).RunAsync(stream, cancellationToken).ConfigureAwait(false);
            stream.Position = 0;
            var header = await ReadHeaderAsync(stream, name, options, cancellationToken).ConfigureAwait(false);
            stream.Position = 0;
            return new CsvReader(stream, name, options, header);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads all rows. Can be called once.</summary>
    /// <param name="allocator">Where the buffers of the batches come from; Arrow's default when null.</param>
    /// <param name="onReject">Told of each row that was set aside, in file order, before the batch that would have held it is yielded.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches of at most <see cref="CsvReadOptions.BatchRows"/> rows, never empty ones; the consumer owns each.</returns>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        MemoryAllocator? allocator = null, Action<CsvReject>? onReject = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_read)
            throw new InvalidOperationException($"{Name} was already read; open it again.");
        _read = true;
        allocator ??= MemoryAllocator.Default.Value;
        using var tokens = new CsvTokenizer(_stream, Name, (byte)_options.Separator, _options.MaxRecordBytes);
        var rows = new CsvRowAppender(Name, _header, _options, Schema);
        if (_options.HasHeader)
            await tokens.ReadAsync(cancellationToken).ConfigureAwait(false);
        while (await tokens.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (rows.Append(tokens) is { } reject)
            {
                RowsRejected++;
                onReject?.Invoke(reject);
                continue;
            }

            RowsAccepted++;
            if (rows.IsFull)
                yield return rows.Build(allocator);
        }

        if (rows.Count > 0)
            yield return rows.Build(allocator);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static void CheckOptions(Stream stream, CsvReadOptions options)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be seekable: the file is checked before its rows are read.", nameof(stream));
        if (options.Separator is '"' or '\r' or '\n' || options.Separator > 127)
            throw new ArgumentException("The separator must be one ASCII character other than a quote or a line end.", nameof(options));
        if (!options.HasHeader && options.Schema is null)
            throw new ArgumentException("Without a header the columns must be declared: set Schema.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxRecordBytes);
    }

    private static async Task<CsvHeader> ReadHeaderAsync(Stream stream, string name, CsvReadOptions options, CancellationToken cancellationToken)
    {
        if (!options.HasHeader)
            return CsvHeader.WithoutNames(options.Schema!);
        using var tokens = new CsvTokenizer(stream, name, (byte)options.Separator, options.MaxRecordBytes);
        if (!await tokens.ReadAsync(cancellationToken).ConfigureAwait(false))
            throw new SourceRefusedException(name, "it is empty");
        if (tokens.BadQuotes)
            throw new SourceRefusedException(name, "the header has text after a closing quote", tokens.Line);
        var names = tokens.Fields.Select(f => CsvRowAppender.Unquoted(Encoding.UTF8.GetString(tokens.Bytes(f)), f).Trim()).ToArray();
        if (names.Contains(""))
            throw new SourceRefusedException(name, $"column {System.Array.IndexOf(names, "") + 1} of the header has no name", tokens.Line);
        return CsvHeader.Map(name, names, options);
    }
}
