using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Writes what was counted while a data file was written as the statistics text of the log.</summary>
internal static class FileStatsWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(Schema schema, FileStatistics statistics)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("numRecords", statistics.RowCount);
            Bounds(writer, "minValues", schema.FieldsList, statistics.Columns, static s => s.Min);
            Bounds(writer, "maxValues", schema.FieldsList, statistics.Columns, static s => s.Max);
            Nulls(writer, "nullCount", schema.FieldsList, statistics.Columns);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Bounds(
        Utf8JsonWriter writer, string name, IReadOnlyList<Field> fields, IReadOnlyDictionary<string, ColumnStatistics> columns, Func<ColumnStatistics, object?> bound)
    {
        writer.WriteStartObject(name);
        foreach (var field in fields)
        {
            var column = columns[field.Name];
            if (column.Fields is { } parts)
                Bounds(writer, field.Name, ((StructType)field.DataType).Fields, parts, bound);

            // One bound without the other would be read as an all-null column by some readers.
            else if (column.Min is not null && column.Max is not null)
                Value(writer, field, bound(column)!);
        }

        writer.WriteEndObject();
    }

    private static void Nulls(Utf8JsonWriter writer, string name, IReadOnlyList<Field> fields, IReadOnlyDictionary<string, ColumnStatistics> columns)
    {
        writer.WriteStartObject(name);
        foreach (var field in fields)
        {
            if (columns[field.Name].Fields is { } parts)
                Nulls(writer, field.Name, ((StructType)field.DataType).Fields, parts);
            else if (field.DataType is not (ListType or MapType))
                writer.WriteNumber(field.Name, columns[field.Name].NullCount);
        }

        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, Field field, object value)
    {
        switch (field.DataType, value)
        {
            case (Date32Type, long days):
                if (days is < -719_162 or > 2_932_896)
                    break; // Beyond the years that a text can have.
                writer.WriteString(field.Name, DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case (TimestampType type, long micros):
                WriteTimestamp(writer, field.Name, micros, DeltaSchema.IsLocalTimestamp(type));
                break;
            case (Decimal128Type type, Int128 unscaled):
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(DecimalTexts.Write(unscaled, type.Scale));
                break;
            case (_, long number):
                writer.WriteNumber(field.Name, number);
                break;
            case (_, double number):
                writer.WriteNumber(field.Name, number);
                break;
            case (_, string text):
                writer.WriteString(field.Name, text);
                break;
        }
    }

    // Whole milliseconds, rounded down, as the protocol has it; whoever reads a greatest value must allow for what was cut off.
    private static void WriteTimestamp(Utf8JsonWriter writer, string name, long micros, bool local)
    {
        var millis = micros >= 0 ? micros / 1000 : -((-micros + 999) / 1000);
        if (millis < -62_135_596_800_000 || millis > 253_402_300_799_999)
            return; // Beyond the years that a text can have.
        var format = local ? "yyyy-MM-dd'T'HH:mm:ss.fff" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        writer.WriteString(name, DateTime.UnixEpoch.AddMilliseconds(millis).ToString(format, CultureInfo.InvariantCulture));
    }
}
