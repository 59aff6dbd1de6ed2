using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>
/// Reads a file of JSON lines into Arrow batches. Opening reads the whole file once and refuses one that is empty, binary or cut off; lines that do not
/// fit are handed to a callback while the others go on.
/// </summary>
public sealed class JsonLinesReader : IAsyncDisposable
{
    private readonly TextFile _file;
    private readonly TextRows _rows;

    private JsonLinesReader(TextFile file, Schema schema, JsonReadOptions options)
    {
        _file = file;
        var fields = new List<Field>(schema.FieldsList);
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

    /// <summary>How many rows were put into batches so far.</summary>
    public long RowsAccepted => _rows.Accepted;

    /// <summary>How many lines were handed to the reject callback so far.</summary>
    public long RowsRejected => _rows.Rejected;

    /// <summary>Opens a file and, unless <see cref="JsonReadOptions.CheckFirst"/> is false, checks it from end to end.</summary>
    /// <param name="stream">A stream, seekable when the file is checked first or its columns are not declared; the reader disposes it, also when opening fails.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="options">How to read; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="SourceRefusedException">The file is worthless as a whole.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek, or a column's type has no JSON form.</exception>
    public static async Task<JsonLinesReader> OpenAsync(
        Stream stream, string name, JsonReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new JsonReadOptions();
        if (options.Schema is null)
            options = await SniffAsync(stream, name, options, cancellationToken).ConfigureAwait(false);
        foreach (var field in options.Schema!.FieldsList)
            JsonColumns.Create(field, options).Dispose();
        var file = await JsonFile.OpenAsync(stream, name, options.Schema, options, cancellationToken).ConfigureAwait(false);
        return new JsonLinesReader(file, options.Schema, options);
    }

    /// <summary>Reads all rows. Can be called once.</summary>
    /// <param name="allocator">Where the buffers of the batches come from; Arrow's default when null.</param>
    /// <param name="onReject">Told of each line that was set aside, in file order, before the batch that would have held it is yielded.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Batches of at most <see cref="JsonReadOptions.BatchRows"/> rows, never empty ones; the consumer owns each.</returns>
    public IAsyncEnumerable<RecordBatch> ReadAsync(
        MemoryAllocator? allocator = null, Action<LineReject>? onReject = null, CancellationToken cancellationToken = default) =>
        _rows.ReadAsync(allocator, onReject, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<JsonReadOptions> SniffAsync(Stream stream, string name, JsonReadOptions options, CancellationToken cancellationToken)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be seekable to find the columns from its first lines: declare them, in Schema.", nameof(stream));
        var start = stream.Position;
        try
        {
            var report = await JsonSniffer.SniffAsync(stream, name, options, cancellationToken: cancellationToken).ConfigureAwait(false);
            stream.Position = start;
            return report.Options;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
