using System.Buffers;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>Writes rows that violate rules in the form of <see cref="QuarantineSchema"/>.</summary>
internal static class QuarantineWriter
{
    /// <summary>Writes some rows of a batch.</summary>
    /// <param name="batch">The batch they stand in.</param>
    /// <param name="suite">The rules.</param>
    /// <param name="rows">The rows, in order; each violates at least one rule.</param>
    /// <param name="violations">All violations of the batch.</param>
    /// <param name="allocator">Where the result is allocated.</param>
    public static RecordBatch Write(
        RuleBatch batch, BoundSuite suite, ReadOnlySpan<int> rows, BatchViolations violations, MemoryAllocator allocator)
    {
        var columns = new StringArray.Builder[QuarantineSchema.Schema.FieldsList.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new StringArray.Builder();
        var lines = new Int64Array.Builder();
        var cursors = new int[violations.Rules];
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var row in rows)
        {
            var first = WriteViolations(buffer, batch, suite, row, violations, cursors);
            var entry = suite.Rules[first].Entry;
            columns[0].Append(CheckNode.OperatorName);
            Append(columns[1], suite.Origin.File(batch, row));
            if (suite.Origin.Line(batch, row) is { } line)
                lines.Append(line);
            else
                lines.AppendNull();
            columns[3].Append(entry.Name ?? entry.Rule.Name);
            Append(columns[4], entry.Column);
            Append(columns[5], batch.ValueOf(row, suite.Rules[first].Ordinals));
            columns[6].Append(Reason(entry));
            columns[7].Append(buffer.WrittenSpan);
            WriteRow(buffer, batch, row);
            columns[8].Append(buffer.WrittenSpan);
        }

        return Build(columns, lines, rows.Length, allocator);
    }

    private static string Reason(SuiteRule entry) => $"Expected that {entry.Rule.Expectation}.";

    /// <returns>The first rule violated.</returns>
    private static int WriteViolations(
        ArrayBufferWriter<byte> buffer, RuleBatch batch, BoundSuite suite, int row, BatchViolations violations, Span<int> cursors)
    {
        buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(buffer);
        var first = -1;
        writer.WriteStartArray();
        for (var i = 0; i < cursors.Length; i++)
        {
            var violated = violations.Of(i);
            while (cursors[i] < violated.Length && violated[cursors[i]] < row)
                cursors[i]++;
            if (cursors[i] == violated.Length || violated[cursors[i]] != row)
                continue;
            if (first < 0)
                first = i;
            var entry = suite.Rules[i].Entry;
            writer.WriteStartObject();
            writer.WriteString(QuarantineSchema.Rule, entry.Name ?? entry.Rule.Name);
            writer.WriteString(QuarantineSchema.Column, entry.Column);
            writer.WriteString(QuarantineSchema.Value, batch.ValueOf(row, suite.Rules[i].Ordinals));
            writer.WriteString(QuarantineSchema.Reason, Reason(entry));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        return first;
    }

    private static void WriteRow(ArrayBufferWriter<byte> buffer, RuleBatch batch, int row)
    {
        buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        for (var i = 0; i < batch.Rows.ColumnCount; i++)
        {
            writer.WritePropertyName(batch.Rows.Schema.FieldsList[i].Name);
            CellJson.Write(writer, batch.Column(i), row);
        }

        writer.WriteEndObject();
    }

    private static void Append(StringArray.Builder column, string? value)
    {
        if (value is null)
            column.AppendNull();
        else
            column.Append(value);
    }

    private static RecordBatch Build(StringArray.Builder[] columns, Int64Array.Builder lines, int rows, MemoryAllocator allocator)
    {
        var arrays = new List<IArrowArray>(columns.Length);
        try
        {
            for (var i = 0; i < columns.Length; i++)
                arrays.Add(QuarantineSchema.Schema.FieldsList[i].Name == QuarantineSchema.Line ? lines.Build(allocator) : columns[i].Build(allocator));
            return new RecordBatch(QuarantineSchema.Schema, arrays, rows);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
    }
}
