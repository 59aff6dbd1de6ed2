using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The checksum that a JSON object carries of itself: MD5 over its values, each with its path, in the order of the paths.</summary>
internal static class JsonChecksum
{
    private const string Own = "checksum";
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /// <summary>False when the object carries a checksum that does not fit it.</summary>
    internal static bool IsRight(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && (!root.TryGetProperty(Own, out var own) || string.Equals(own.GetString(), Of(root), StringComparison.OrdinalIgnoreCase));

    internal static string Of(JsonElement root)
    {
        var values = new List<(string Path, string Value)>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name != Own)
                Collect(Quoted(property.Name), property.Value, values);
        }

        values.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return Md5(string.Join(',', values.Select(v => $"{v.Path}={v.Value}")));
    }

    private static void Collect(string path, JsonElement value, List<(string Path, string Value)> values)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    Collect($"{path}+{Quoted(property.Name)}", property.Value, values);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Collect($"{path}+{index}", item, values);
                break;
            case JsonValueKind.String:
                values.Add((path, Quoted(value.GetString()!)));
                break;
            default:
                values.Add((path, value.GetRawText()));
                break;
        }
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (Unreserved.Contains((char)octet, StringComparison.Ordinal))
                quoted.Append((char)octet);
            else
                quoted.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return quoted.Append('"').ToString();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The protocol names MD5; it finds torn files and protects nothing.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
