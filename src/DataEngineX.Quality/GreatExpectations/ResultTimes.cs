using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Times in results, in the format an expectation asks for.</summary>
internal static class ResultTimes
{
    /// <summary>A JSON value in which each text that is a date or time is written in the format; the value itself where there is none.</summary>
    public static string Write(string json, ResultShape shape)
    {
        if (shape.TimeFormat is not { } format)
            return json;
        using var document = JsonDocument.Parse(json);
        return CellText.Json(writer => Write(writer, document.RootElement, format));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, string format)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, format);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, format);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.String when TimeText.TryRead(value.GetString(), out var time):
                writer.WriteStringValue(Strftime.Write(format, time.UtcDateTime));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
