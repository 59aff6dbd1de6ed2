using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Reads what a commit says of itself. Writers may put there whatever JSON they like, so what is not in the form known here counts as not said; it is
/// never a reason not to read the table.
/// </summary>
internal sealed class CommitInfoConverter : JsonConverter<CommitInfo>
{
    private static readonly (string Name, JsonValueKind[] Kinds)[] Known =
    [
        ("timestamp", [JsonValueKind.Number]), ("inCommitTimestamp", [JsonValueKind.Number]), ("operation", [JsonValueKind.String]),
        ("operationParameters", [JsonValueKind.Object]), ("isBlindAppend", [JsonValueKind.True, JsonValueKind.False]), ("engineInfo", [JsonValueKind.String]),
        ("operationMetrics", [JsonValueKind.Object]), ("tags", [JsonValueKind.Object]), ("runId", [JsonValueKind.String]),
    ];

    public override CommitInfo? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var said = document.RootElement;
        if (said.ValueKind != JsonValueKind.Object)
            return new CommitInfo();
        try
        {
            return said.Deserialize(DeltaJson.Log.CommitInfo);
        }
        catch (JsonException)
        {
            return Understood(said).Deserialize(DeltaJson.Log.CommitInfo);
        }
    }

    public override void Write(Utf8JsonWriter writer, CommitInfo value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, DeltaJson.Log.CommitInfo);

    private static JsonObject Understood(JsonElement said)
    {
        var kept = new JsonObject();
        foreach (var (name, kinds) in Known)
        {
            if (said.TryGetProperty(name, out var value) && kinds.Contains(value.ValueKind) && (value.ValueKind != JsonValueKind.Number || value.TryGetInt64(out _)))
                kept[name] = JsonNode.Parse(value.GetRawText());
        }

        return kept;
    }
}
