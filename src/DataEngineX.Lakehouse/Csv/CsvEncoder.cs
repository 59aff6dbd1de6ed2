using System.Buffers;
using System.Text;
using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Writes rows as CSV records. Lists, maps and structs stand in their fields as JSON.</summary>
internal sealed class CsvEncoder : ITextEncoder
{
    private readonly Schema _schema;
    private readonly CsvWriteOptions _options;
    private readonly SearchValues<byte> _marks;
    private readonly byte[] _newLine;
    private readonly byte[] _nullText;
    private readonly TextCell?[] _cells;
    private readonly JsonCell?[] _nested;
    private readonly GrowBuffer<byte> _json = new();

    internal CsvEncoder(Schema schema, CsvWriteOptions options)
    {
        if (options.Separator is '"' or '\r' or '\n' or '\0' || options.Separator > 127)
            throw new ArgumentException("The separator must be one ASCII character other than a quote, a line end or NUL.", nameof(options));
        if (options.NewLine is not ("\n" or "\r\n" or "\r"))
            throw new ArgumentException("A record ends with a line feed, a carriage return, or both.", nameof(options));
        _schema = schema;
        _options = options;
        _newLine = Encoding.ASCII.GetBytes(options.NewLine);
        _nullText = Encoding.UTF8.GetBytes(options.NullText);
        _marks = SearchValues.Create([(byte)options.Separator, (byte)'"', (byte)'\n', (byte)'\r']);
        _cells = [.. schema.FieldsList.Select(TextCells.For)];
        _nested = [.. schema.FieldsList.Select((field, i) => _cells[i] is null ? JsonCell.For(field) : null)];
    }

    public void WriteHeader(GrowBuffer<byte> to)
    {
        if (!_options.Header)
            return;
        for (var i = 0; i < _cells.Length; i++)
        {
            if (i > 0)
                to.Add((byte)_options.Separator);
            PutText(to, Encoding.UTF8.GetBytes(_schema.FieldsList[i].Name));
        }

        JsonCell.Put(to, _newLine);
    }

    public void Write(RecordBatch batch, int start, int count, GrowBuffer<byte> to)
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i]?.Bind(batch.Column(i));
            _nested[i]?.Bind(batch.Column(i));
        }

        for (var row = start; row < start + count; row++)
        {
            for (var i = 0; i < _cells.Length; i++)
            {
                if (i > 0)
                    to.Add((byte)_options.Separator);
                WriteCell(batch, i, row, to);
            }

            JsonCell.Put(to, _newLine);
        }
    }

    public void Dispose() => _json.Dispose();

    private void WriteCell(RecordBatch batch, int column, int row, GrowBuffer<byte> to)
    {
        var cell = _cells[column];
        if (cell?.IsNull(row) ?? batch.Column(column).IsNull(row))
        {
            // A blank line is skipped by readers: the null of an only column must leave something on the line.
            JsonCell.Put(to, _cells.Length == 1 && _nullText.Length == 0 ? "\"\""u8 : _nullText);
        }
        else if (cell is null)
        {
            _json.Truncate(0);
            _nested[column]!.Write(row, _json);
            PutText(to, _json.Items);
        }
        else if (cell.IsText)
        {
            PutText(to, cell.Text(row));
        }
        else
        {
            to.Advance(cell.Format(row, to.Room(TextCell.MostBytes)));
        }
    }

    private void PutText(GrowBuffer<byte> to, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && !text.ContainsAny(_marks) && text[0] is not ((byte)' ' or (byte)'\t') && text[^1] is not ((byte)' ' or (byte)'\t')
            && !(_nullText.Length > 0 && text.SequenceEqual(_nullText)))
        {
            JsonCell.Put(to, text);
            return;
        }

        to.Add((byte)'"');
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            JsonCell.Put(to, text[..(quote + 1)]);
            to.Add((byte)'"');
            text = text[(quote + 1)..];
        }

        JsonCell.Put(to, text);
        to.Add((byte)'"');
    }
}
