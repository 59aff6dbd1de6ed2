using System.Globalization;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>What a test asks of a table's log.</summary>
public static class LakeHistory
{
    public static string Log(this Lake lake, string name) => $"{lake.Id}/_delta_log/{name}";

    public static string Entry(long version) => string.Create(CultureInfo.InvariantCulture, $"{version:D20}.json");

    public static string Checkpoint(long version) => string.Create(CultureInfo.InvariantCulture, $"{version:D20}.checkpoint.parquet");

    /// <summary>The names in the folder of the log.</summary>
    public static async Task<List<string>> LogAsync(this Lake lake)
    {
        var prefix = $"{lake.Id}/_delta_log/";
        return [.. (await lake.KeysAsync()).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..])];
    }

    public static async Task<string> TextAsync(this Lake lake, string key)
    {
        using var reader = new StreamReader(await lake.Store.OpenReadAsync(key));
        return await reader.ReadToEndAsync();
    }

    /// <summary>Puts an entry as another writer would.</summary>
    public static async Task PutEntryAsync(this Lake lake, long version, params string[] actions) =>
        Assert.True(await lake.Store.PutIfAbsentAsync(lake.Log(Entry(version)), System.Text.Encoding.UTF8.GetBytes(string.Join('\n', actions) + "\n")));

    /// <summary>Sets the configuration of a table by an entry of its own, and gives its version.</summary>
    public static async Task<long> ConfigureAsync(this Lake lake, params (string Name, string Value)[] settings)
    {
        var first = await lake.TextAsync(lake.Log(Entry(0)));
        var metadata = System.Text.Json.Nodes.JsonNode.Parse(first.Split('\n').Single(l => l.StartsWith("{\"metaData\"", StringComparison.Ordinal)))!;
        metadata["metaData"]!["configuration"] = new System.Text.Json.Nodes.JsonObject(
            settings.Select(s => KeyValuePair.Create(s.Name, (System.Text.Json.Nodes.JsonNode?)s.Value)));
        var version = (await lake.SnapshotAsync()).Version + 1;
        await lake.PutEntryAsync(version, metadata.ToJsonString());
        return version;
    }
}
