using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Writes batches through an encoder to a stream, a few hundred rows at a time.</summary>
internal sealed class TextWriter(Stream stream, Schema schema, ITextEncoder encoder) : IDisposable
{
    private const int RowsAtOnce = 512;
    private readonly GrowBuffer<byte> _buffer = new();
    private bool _hasHeader;

    internal async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.ColumnCount != schema.FieldsList.Count)
            throw new ArgumentException($"The batch has {batch.ColumnCount} columns where the file has {schema.FieldsList.Count}.", nameof(batch));
        WriteHeader();
        for (var row = 0; row < batch.Length; row += RowsAtOnce)
        {
            encoder.Write(batch, row, Math.Min(RowsAtOnce, batch.Length - row), _buffer);
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is pending, at least the header, and flushes the stream.</summary>
    internal async ValueTask FinishAsync()
    {
        WriteHeader();
        await DrainAsync(CancellationToken.None).ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _buffer.Dispose();
        encoder.Dispose();
    }

    private void WriteHeader()
    {
        if (_hasHeader)
            return;
        _hasHeader = true;
        encoder.WriteHeader(_buffer);
    }

    private async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Count == 0)
            return;
        await stream.WriteAsync(_buffer.Memory, cancellationToken).ConfigureAwait(false);
        _buffer.Truncate(0);
    }
}
