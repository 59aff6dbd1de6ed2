using System.Text.Json.Nodes;

namespace DataEngineX.Integration.Tests;

/// <summary>Follows a Delta log in a few lines, knowing nothing of who wrote it. Enough for logs without checkpoints before the tenth commit.</summary>
internal static class DeltaLog
{
    /// <summary>The data files of the newest version.</summary>
    public static IReadOnlyList<string> Files(string table)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(entry))
            {
                var action = JsonNode.Parse(line)!;
                if (action["add"]?["path"] is { } added)
                    files.Add(Uri.UnescapeDataString((string)added!));
                if (action["remove"]?["path"] is { } removed)
                    files.Remove(Uri.UnescapeDataString((string)removed!));
            }
        }

        return [.. files.Select(f => Path.Combine(table, f))];
    }
}
