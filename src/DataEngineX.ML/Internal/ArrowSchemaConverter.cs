using System.Text.Json;
using System.Text.Json.Serialization;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace DataEngineX.ML.Internal;

/// <summary>Writes an Arrow schema as a list of columns for people, and as Arrow's own message for reading back.</summary>
internal sealed class ArrowSchemaConverter : JsonConverter<Schema>
{
    public override Schema Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var message = document.RootElement.GetProperty("arrow").GetBytesFromBase64();
        using var stream = new MemoryStream(message);
        using var arrow = new ArrowStreamReader(stream);
        return arrow.Schema;
    }

    public override void Write(Utf8JsonWriter writer, Schema value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (var field in value.FieldsList)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteString("type", field.DataType.Name);
            writer.WriteBoolean("nullable", field.IsNullable);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        using var stream = new MemoryStream();
        using (var arrow = new ArrowStreamWriter(stream, value, leaveOpen: true))
        {
            arrow.WriteStart();
            arrow.WriteEnd();
        }

        writer.WriteBase64String("arrow", stream.GetBuffer().AsSpan(0, (int)stream.Length));
        writer.WriteEndObject();
    }
}
