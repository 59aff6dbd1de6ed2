using System.Buffers;
using System.Buffers.Text;
using Apache.Arrow;

namespace DataEngineX.Benchmarks.Data;

/// <summary>Writes a generated table as separated text; no field of ours needs a quote, and null is an empty field.</summary>
internal static class TextFile
{
    /// <summary>Chunks are made on all processors, a few at a time, and written in order.</summary>
    public static void Write(DataTable table, string path, char separator, bool hasHeader)
    {
        using var file = File.Create(path, 1 << 20);
        if (hasHeader)
            file.Write(System.Text.Encoding.UTF8.GetBytes(string.Join(separator, table.Schema.FieldsList.Select(f => f.Name)) + "\n"));
        var step = Environment.ProcessorCount * 2;
        for (long start = 0; start < table.Rows; start += (long)step * DataTable.BatchRows)
        {
            var from = start;
            var chunks = new ArrayBufferWriter<byte>[step];
            Parallel.For(0, step, i => chunks[i] = Format(table, from + ((long)i * DataTable.BatchRows), (byte)separator));
            foreach (var chunk in chunks)
                file.Write(chunk.WrittenSpan);
        }
    }

    private static ArrayBufferWriter<byte> Format(DataTable table, long start, byte separator)
    {
        var target = new ArrayBufferWriter<byte>(1 << 20);
        var count = (int)Math.Clamp(table.Rows - start, 0, DataTable.BatchRows);
        if (count == 0)
            return target;
        using var batch = table.Read(start, count);
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < batch.ColumnCount; column++)
            {
                WriteCell(target, batch.Column(column), row);
                WriteByte(target, column == batch.ColumnCount - 1 ? (byte)'\n' : separator);
            }
        }

        return target;
    }

    private static void WriteCell(ArrayBufferWriter<byte> target, IArrowArray column, int row)
    {
        if (column.IsNull(row))
            return;
        if (column is StringArray text)
        {
            target.Write(text.GetBytes(row));
            return;
        }

        var span = target.GetSpan(32);
        var written = 0;
        _ = column switch
        {
            Int32Array a => Utf8Formatter.TryFormat(a.Values[row], span, out written),
            DoubleArray a => a.Values[row].TryFormat(span, out written, Pattern(column), System.Globalization.CultureInfo.InvariantCulture),
            TimestampArray a => a.GetTimestamp(row)!.Value.TryFormat(span, out written, "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException(column.Data.DataType.Name),
        };
        target.Advance(written);
    }

    private static ReadOnlySpan<char> Pattern(IArrowArray column) => column is DoubleArray ? "0.0#####" : default;

    private static void WriteByte(ArrayBufferWriter<byte> target, byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }
}
