using Apache.Arrow;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>
/// Writes Arrow batches as CSV (RFC 4180, UTF-8, no byte-order mark). Null is an empty field, an empty text is <c>""</c>; numbers, days and
/// timestamps have a form that <see cref="CsvReader"/> reads back to the same value, binary is base64, lists, maps and structs are JSON. In a file of one text
/// column null is written as <c>""</c> too.
/// </summary>
public sealed class CsvWriter : IAsyncDisposable
{
    private readonly Text.TextWriter _writer;

    /// <summary>Starts a file.</summary>
    /// <param name="stream">Where to write; not disposed.</param>
    /// <param name="schema">The columns of all batches.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <exception cref="ArgumentException">A column's type has no text form, or the options are wrong.</exception>
    public CsvWriter(Stream stream, Schema schema, CsvWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _writer = new Text.TextWriter(stream, schema, new CsvEncoder(schema, options ?? new CsvWriteOptions()));
    }

    /// <summary>The columns.</summary>
    public Schema Schema { get; }

    /// <summary>Writes the rows of a batch.</summary>
    /// <param name="batch">Borrowed; has the columns of <see cref="Schema"/>.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>When the rows are handed to the stream.</returns>
    public ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken = default) => _writer.WriteAsync(batch, cancellationToken);

    /// <summary>Writes what is pending, at least the header, and flushes the stream.</summary>
    /// <returns>When all is handed to the stream.</returns>
    public async ValueTask DisposeAsync()
    {
        await _writer.FinishAsync().ConfigureAwait(false);
        _writer.Dispose();
    }
}
