using System.Text;
using System.Text.Json;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What the log knows of the values in one data file; every part may be missing.</summary>
internal sealed class FileStats
{
    private readonly JsonElement _root;

    private FileStats(JsonElement root) => _root = root;

    internal static FileStats None { get; } = new(default);

    internal long? RowCount => _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty("numRecords", out var rows)
        && rows.ValueKind == JsonValueKind.Number && rows.TryGetInt64(out var n)
        ? n
        : null;

    internal static FileStats Parse(string? text) => Parse(Encoding.UTF8.GetBytes(text ?? ""));

    internal static FileStats Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return None;
        try
        {
            var reader = new Utf8JsonReader(text);
            return new FileStats(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            // Statistics only help to skip: without them the file is read.
            return None;
        }
    }

    internal JsonElement? Min(params IReadOnlyList<string> path) => Of("minValues", path);

    internal JsonElement? Max(params IReadOnlyList<string> path) => Of("maxValues", path);

    internal long? NullCount(params IReadOnlyList<string> path) =>
        Of("nullCount", path) is { ValueKind: JsonValueKind.Number } count && count.TryGetInt64(out var n) ? n : null;

    /// <summary>A column by its name, or a part of a struct by the names on the way to it.</summary>
    private JsonElement? Of(string part, IReadOnlyList<string> path)
    {
        if (_root.ValueKind != JsonValueKind.Object || !_root.TryGetProperty(part, out var value))
            return null;
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return null;
        }

        return value;
    }
}
