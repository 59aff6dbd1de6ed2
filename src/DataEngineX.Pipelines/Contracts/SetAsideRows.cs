using System.Buffers;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Rows in the form of <see cref="QuarantineSchema"/>, written one by one.</summary>
internal sealed class SetAsideRows(Schema schema)
{
    private readonly StringArray.Builder[] _texts = [.. QuarantineSchema.Schema.FieldsList.Select(_ => new StringArray.Builder())];
    private readonly Int64Array.Builder _lines = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly int _file = schema.GetFieldIndex(RowOrigin.FileColumn);
    private readonly int _line = schema.GetFieldIndex(RowOrigin.LineColumn);
    private int _count;

    /// <summary>Adds a row of a batch.</summary>
    public void Add(RecordBatch batch, int row, string @operator, string rule, string column, string reason)
    {
        Append(0, @operator);
        Append(1, _file >= 0 && batch.Column(_file) is StringArray files ? files.GetString(row) : null);
        if (_line >= 0 && batch.Column(_line) is Int64Array lines && lines.GetValue(row) is { } line)
            _lines.Append(line);
        else
            _lines.AppendNull();
        Append(3, rule);
        Append(4, column);
        Append(5, Json(writer => CellJson.Write(writer, batch.Column(schema.GetFieldIndex(column)), row)).Trim('"'));
        Append(6, reason);
        Append(7, null);
        Append(8, Json(writer =>
        {
            writer.WriteStartObject();
            for (var i = 0; i < batch.ColumnCount; i++)
            {
                writer.WritePropertyName(schema.FieldsList[i].Name);
                CellJson.Write(writer, batch.Column(i), row);
            }

            writer.WriteEndObject();
        }));
        _count++;
    }

    /// <summary>The rows added; the caller owns them.</summary>
    public RecordBatch Build(MemoryAllocator allocator) => new(
        QuarantineSchema.Schema,
        QuarantineSchema.Schema.FieldsList.Select((f, i) => f.Name == QuarantineSchema.Line ? (IArrowArray)_lines.Build(allocator) : _texts[i].Build(allocator)),
        _count);

    private void Append(int column, string? text)
    {
        if (text is null)
            _texts[column].AppendNull();
        else
            _texts[column].Append(text);
    }

    private string Json(Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer))
            write(writer);
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }
}
