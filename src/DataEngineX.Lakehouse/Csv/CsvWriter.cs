using System.Buffers;
using System.Text;
using Apache.Arrow;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>
/// Writes Arrow batches as CSV (RFC 4180, UTF-8, no byte-order mark). Null is an empty field, an empty text is <c>""</c>; numbers, days and
/// timestamps have a form that <see cref="CsvReader"/> reads back to the same value. In a file of one text column null is written as <c>""</c> too.
/// </summary>
public sealed class CsvWriter : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly CsvWriteOptions _options;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly SearchValues<byte> _marks;
    private readonly byte[] _newLine;
    private readonly CsvCells.Write[] _cells;
    private bool _headerDone;

    /// <summary>Starts a file.</summary>
    /// <param name="stream">Where to write; not disposed.</param>
    /// <param name="schema">The columns of all batches.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <exception cref="ArgumentException">A column's type has no text form.</exception>
    public CsvWriter(Stream stream, Schema schema, CsvWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(schema);
        _stream = stream;
        Schema = schema;
        _options = options ?? new CsvWriteOptions();
        _newLine = Encoding.ASCII.GetBytes(_options.NewLine);
        _marks = SearchValues.Create([(byte)_options.Separator, (byte)'"', (byte)'\n', (byte)'\r']);
        _cells = [.. schema.FieldsList.Select(CsvCells.For)];
    }

    /// <summary>The columns.</summary>
    public Schema Schema { get; }

    /// <summary>Writes the rows of a batch.</summary>
    /// <param name="batch">Borrowed; has the columns of <see cref="Schema"/>.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>When the rows are handed to the stream.</returns>
    public async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.ColumnCount != _cells.Length)
            throw new ArgumentException($"The batch has {batch.ColumnCount} columns where the file has {_cells.Length}.", nameof(batch));
        await WriteHeaderAsync(cancellationToken).ConfigureAwait(false);
        for (var row = 0; row < batch.Length; row++)
        {
            AppendRow(batch, row);
            if (_buffer.WrittenCount >= 1 << 16)
                await DrainAsync(cancellationToken).ConfigureAwait(false);
        }

        await DrainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what is pending, at least the header, and flushes the stream.</summary>
    /// <returns>When all is handed to the stream.</returns>
    public async ValueTask DisposeAsync()
    {
        await WriteHeaderAsync(CancellationToken.None).ConfigureAwait(false);
        await DrainAsync(CancellationToken.None).ConfigureAwait(false);
        await _stream.FlushAsync().ConfigureAwait(false);
    }

    private ValueTask WriteHeaderAsync(CancellationToken cancellationToken)
    {
        if (_headerDone)
            return ValueTask.CompletedTask;
        _headerDone = true;
        if (!_options.Header)
            return ValueTask.CompletedTask;
        for (var i = 0; i < Schema.FieldsList.Count; i++)
        {
            if (i > 0)
                AppendByte((byte)_options.Separator);
            AppendText(Encoding.UTF8.GetBytes(Schema.FieldsList[i].Name));
        }

        _buffer.Write(_newLine);
        return DrainAsync(cancellationToken);
    }

    private void AppendRow(RecordBatch batch, int row)
    {
        Span<byte> scratch = stackalloc byte[128];
        for (var i = 0; i < _cells.Length; i++)
        {
            if (i > 0)
                AppendByte((byte)_options.Separator);
            var column = (Apache.Arrow.Array)batch.Column(i);
            if (column.IsNull(row))
            {
                // A blank line is skipped by readers: the null of an only column must leave something on the line.
                if (_cells.Length == 1)
                    AppendText([]);
                continue;
            }

            if (column is BinaryArray text)
                AppendText(text.GetBytes(row));
            else
                _buffer.Write(scratch[.._cells[i](column, row, scratch)]);
        }

        _buffer.Write(_newLine);
    }

    private void AppendText(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && !text.ContainsAny(_marks) && text[0] is not ((byte)' ' or (byte)'\t') && text[^1] is not ((byte)' ' or (byte)'\t'))
        {
            _buffer.Write(text);
            return;
        }

        AppendByte((byte)'"');
        while (true)
        {
            var quote = text.IndexOf((byte)'"');
            if (quote < 0)
                break;
            _buffer.Write(text[..(quote + 1)]);
            AppendByte((byte)'"');
            text = text[(quote + 1)..];
        }

        _buffer.Write(text);
        AppendByte((byte)'"');
    }

    private void AppendByte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    private async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (_buffer.WrittenCount == 0)
            return;
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }
}
