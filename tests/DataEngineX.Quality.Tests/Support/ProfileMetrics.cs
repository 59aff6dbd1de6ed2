using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataEngineX.Quality.Tests;

/// <summary>Compares all metrics of profiles: numbers but for rounding, all else exactly. Left out are the state, samples, sizes and how long it took.</summary>
internal static class ProfileMetrics
{
    private static readonly string[] LeftOut = ["state", "elapsed_seconds", "bytes", "samples"];

    public static void Same(Profile expected, Profile actual) => Same(JsonNode.Parse(expected.ToJson()), JsonNode.Parse(actual.ToJson()), "profile");

    private static void Same(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                Assert.Equal(e.Select(p => p.Key), a.Select(p => p.Key));
                foreach (var (key, value) in e.Where(p => !LeftOut.Contains(p.Key)))
                    Same(value, a[key], $"{path}.{key}");
                break;
            case (JsonArray e, JsonArray a):
                Assert.True(e.Count == a.Count, $"{path}: {a.Count} items instead of {e.Count}");
                for (var i = 0; i < e.Count; i++)
                    Same(e[i], a[i], $"{path}[{i}]");
                break;
            case (JsonValue e, JsonValue a) when e.GetValueKind() == JsonValueKind.Number && a.GetValueKind() == JsonValueKind.Number:
                Close.To(e.GetValue<double>(), a.GetValue<double>(), path);
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path}: {actual?.ToJsonString()} instead of {expected?.ToJsonString()}");
                break;
        }
    }
}
