using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>
/// Reads a CSV file (RFC 4180) into Arrow batches. Opening reads the whole file once and refuses one that is empty, binary, cut off or
/// lacks a column, so that no row of a worthless file is ever yielded; rows that do not fit are handed to a callback while the others go on.
/// </summary>
public sealed class CsvReader : IAsyncDisposable
{
    private readonly TextFile _file;
    private readonly TextRows _rows;

    private CsvReader(TextFile file, CsvHeader header, CsvReadOptions options)
    {
        _file = file;
        Header = header.Names;
        var fields = new List<Field>(header.Columns.FieldsList);
        if (options.OriginColumns)
        {
            fields.Add(new Field(RowOrigin.FileColumn, StringType.Default, nullable: false));
            fields.Add(new Field(RowOrigin.LineColumn, Int64Type.Default, nullable: false));
        }

        Schema = new Schema(fields, null);
        _rows = new TextRows(file, Schema, options.Malformed);
    }

    /// <summary>The file's name, as it appears in errors, rejects and <see cref="RowOrigin.FileColumn"/>.</summary>
    public string Name => _file.Name;

    /// <summary>The columns of the batches, origin columns included.</summary>
    public Schema Schema { get; }

    /// <summary>The names of the file's header, or of the declared columns where there is no header.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>How many rows were put into batches so far.</summary>
    public long RowsAccepted => _rows.Accepted;

    /// <summary>How many rows were handed to the reject callback so far.</summary>
    public long RowsRejected => _rows.Rejected;

    /// <summary>Opens a file and, unless <see cref="CsvReadOptions.CheckFirst"/> is false, checks it from end to end.</summary>
    /// <param name="stream">A stream, seekable when the file is checked first; the reader disposes it, also when opening fails.</param>
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
        var (file, header) = await CsvFile.OpenAsync(stream, name, options, cancellationToken).ConfigureAwait(false);
        return new CsvReader(file, header, options);
    }

    /// <summary>Reads all rows. Can be called once.</summary>
    /// <param name="allocator">Where the buffers of the batches come from; Arrow's default when null.</param>
    /// <param name="onReject">Told of each row that was set aside, in file order, before the batch that would have held it is yielded.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches of at most <see cref="CsvReadOptions.BatchRows"/> rows, never empty ones; the consumer owns each.</returns>
    public IAsyncEnumerable<RecordBatch> ReadAsync(
        MemoryAllocator? allocator = null, Action<LineReject>? onReject = null, CancellationToken cancellationToken = default) =>
        _rows.ReadAsync(allocator, onReject, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
