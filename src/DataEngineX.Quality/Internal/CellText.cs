using System.Buffers;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>Values as text for samples and quarantine: text as it is, everything else as its JSON form without quotes.</summary>
internal static class CellText
{
    /// <summary>One value; null for a null.</summary>
    public static string? Of(IArrowArray column, int row)
    {
        if (column is StringArray text)
            return text.GetString(row);
        if (column.IsNull(row))
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            CellJson.Write(writer, column, row);
        var json = buffer.WrittenSpan;
        return Encoding.UTF8.GetString(json.Length >= 2 && json[0] == '"' ? json[1..^1] : json);
    }

    /// <summary>Several values as a JSON object.</summary>
    public static string OfMany(RuleBatch batch, ReadOnlySpan<int> ordinals, int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var ordinal in ordinals)
            {
                writer.WritePropertyName(batch.Rows.Schema.GetFieldByIndex(ordinal).Name);
                CellJson.Write(writer, batch.Column(ordinal), row);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
