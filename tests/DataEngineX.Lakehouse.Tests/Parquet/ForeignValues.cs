using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>Compares values of two engines that write the same thing in different ways.</summary>
internal static class ForeignValues
{
    /// <summary>A value of DuckDB in a form that JSON has.</summary>
    internal static object? Simple(object? value) => value switch
    {
        null or DBNull => null,
        Stream s => Convert.ToBase64String(Bytes(s)),
        double d when !double.IsFinite(d) => d.ToString(CultureInfo.InvariantCulture),
        float f when !float.IsFinite(f) => f.ToString(CultureInfo.InvariantCulture),
        BigInteger b => b.ToString(CultureInfo.InvariantCulture),
        string s => s,
        IDictionary d => d.Keys.Cast<object>().Select(k => new KeyValuePair<string, object?>($"{k}", Simple(d[k]))).ToArray(),
        IEnumerable e => e.Cast<object?>().Select(Simple).ToArray(),
        _ => value,
    };

    internal static bool AreSame(JsonNode? ours, JsonNode? theirs) => (ours, theirs) switch
    {
        (null, _) or (_, null) => ours is null && theirs is null,
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => AreSame(p.First, p.Second)),
        (JsonObject a, JsonArray b) => a.Count == b.Count && a.All(p => b.Any(x => x is JsonObject o && (string?)o["Key"] == p.Key && AreSame(p.Value, o["Value"]))),
        (JsonObject { Count: 2 } a, JsonObject b) => $"{a["key"]}" == $"{b["Key"]}" && AreSame(a["value"], b["Value"]),
        _ => AreSame($"{ours}", $"{theirs}"),
    };

    private static bool AreSame(string ours, string theirs)
    {
        if (ours == theirs)
            return true;
        if (double.TryParse(ours, CultureInfo.InvariantCulture, out var a) && double.TryParse(theirs, CultureInfo.InvariantCulture, out var b))
            return a.Equals(b) || Math.Abs(a - b) <= 1e-6 * Math.Max(Math.Abs(a), Math.Abs(b));
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(ours, CultureInfo.InvariantCulture, Utc, out var t)
            && DateTimeOffset.TryParse(theirs, CultureInfo.InvariantCulture, Utc, out var u)
            && Math.Abs((t - u).Ticks) < TimeSpan.TicksPerMicrosecond;
    }

    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
