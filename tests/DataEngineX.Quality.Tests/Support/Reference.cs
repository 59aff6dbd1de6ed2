using System.Text.Json;

namespace DataEngineX.Quality.Tests;

/// <summary>Values computed by numpy and scipy; the scripts that make them stand beside them.</summary>
internal static class Reference
{
    public static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "quality", name))).RootElement;

    public static double[] Numbers(this JsonElement element, string property) => [.. element.GetProperty(property).EnumerateArray().Select(e => e.GetDouble())];

    public static double? Number(this JsonElement element, string property) =>
        element.GetProperty(property) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
