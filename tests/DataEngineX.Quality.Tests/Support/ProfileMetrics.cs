using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataEngineX.Quality.Tests;

/// <summary>The metrics of a profile as text, for comparison: numbers to ten digits, without the state, samples and how long it took.</summary>
internal static class ProfileMetrics
{
    public static string Of(Profile profile, bool leaveOutBytes = false)
    {
        var root = JsonNode.Parse(profile.ToJson())!.AsObject();
        root.Remove("state");
        root.Remove("elapsed_seconds");
        // They are those of the first batch, however long it is.
        foreach (var column in root["columns"]!.AsArray())
            column!.AsObject().Remove("samples");
        if (leaveOutBytes)
            root.Remove("bytes");
        return Rounded(root)!.ToJsonString();
    }

    private static JsonNode? Rounded(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Rounded(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Rounded)]),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => JsonValue.Create(v.GetValue<double>() is var d && Math.Abs(d) < 1e-9 ? "0" : d.ToString("G10", System.Globalization.CultureInfo.InvariantCulture)),
        _ => node?.DeepClone(),
    };
}
