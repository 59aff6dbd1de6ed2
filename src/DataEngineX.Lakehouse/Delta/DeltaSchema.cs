using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Writes the schema of a table as the log has it.</summary>
internal static class DeltaSchema
{
    /// <summary>The schema text of the log.</summary>
    /// <exception cref="DataEngineXException">A column has no type in Delta tables; all such columns are named.</exception>
    internal static string Write(Schema schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "struct");
            writer.WriteStartArray("fields");
            foreach (var field in schema.FieldsList)
            {
                writer.WriteStartObject();
                writer.WriteString("name", field.Name);
                writer.WriteString("type", DeltaTypes.NameOf(field.DataType) ?? throw Unsupported(field));
                writer.WriteBoolean("nullable", field.IsNullable);
                writer.WriteStartObject("metadata");
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A schema text with more columns at its end and others of wider types; all else that it says of its columns stays.</summary>
    /// <exception cref="DataEngineXException">A column has no type in Delta tables.</exception>
    internal static string Change(string schema, IEnumerable<Field> added, IEnumerable<(Field From, Field To)> widened)
    {
        var root = JsonNode.Parse(schema)!;
        var fields = root["fields"]!.AsArray();
        foreach (var (from, to) in widened)
        {
            var field = fields.First(f => (string?)f!["name"] == from.Name)!;
            field["type"] = DeltaTypes.NameOf(to.DataType) ?? throw Unsupported(to);
            var metadata = (field["metadata"] ??= new JsonObject()).AsObject();
            if (metadata[TypeWidening.Changes] is not JsonArray changes)
                metadata[TypeWidening.Changes] = changes = [];
            changes.Add((JsonNode)new JsonObject { ["toType"] = DeltaTypes.NameOf(to.DataType), ["fromType"] = DeltaTypes.NameOf(from.DataType) });
        }

        foreach (var field in JsonNode.Parse(Write(new Schema([.. added], null)))!["fields"]!.AsArray())
            fields.Add(field!.DeepClone());
        return root.ToJsonString();
    }

    internal static bool IsLocalTimestamp(IArrowType type) => type is TimestampType { Timezone: null or "" };

    private static DataEngineXException Unsupported(Field field) => new(
        $"Column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be kept in a table; "
        + "convert it to bool, int8 to int64, float, double, decimal, utf8, binary, date32, timestamp[us] or timestamp[us, UTC].");
}
