using Apache.Arrow;

namespace DataEngineX.Lakehouse.Json;

/// <summary>
/// Writes Arrow batches as JSON lines (UTF-8, no byte-order mark). Structs are objects, lists are arrays, maps whose keys are texts are objects and
/// others arrays of objects with <c>key</c> and <c>value</c>; binary is base64; days, times and timestamps are ISO 8601 texts; NaN and infinities, for which
/// JSON has no numbers, are the texts <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>. <see cref="JsonLinesReader"/> reads all but maps and those back to the same values.
/// </summary>
public sealed class JsonLinesWriter : IAsyncDisposable
{
    private readonly Text.TextWriter _writer;

    /// <summary>Starts a file.</summary>
    /// <param name="stream">Where to write; not disposed.</param>
    /// <param name="schema">The columns of all batches.</param>
    /// <exception cref="ArgumentException">A column's type has no JSON form.</exception>
    public JsonLinesWriter(Stream stream, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _writer = new Text.TextWriter(stream, schema, new JsonEncoder(schema));
    }

    /// <summary>The columns.</summary>
    public Schema Schema { get; }

    /// <summary>Writes the rows of a batch.</summary>
    /// <param name="batch">Borrowed; has the columns of <see cref="Schema"/>.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>When the rows are handed to the stream.</returns>
    public ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken = default) => _writer.WriteAsync(batch, cancellationToken);

    /// <summary>Writes what is pending and flushes the stream.</summary>
    /// <returns>When all is handed to the stream.</returns>
    public async ValueTask DisposeAsync()
    {
        await _writer.FinishAsync().ConfigureAwait(false);
        _writer.Dispose();
    }
}
