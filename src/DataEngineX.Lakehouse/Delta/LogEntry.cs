using System.Text.Json;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The actions of one version, in the order of the file.</summary>
internal sealed record LogEntry(long Version, IReadOnlyList<DeltaAction> Actions)
{
    /// <summary>See <see cref="LogMark"/>; null for an entry that is not of the store.</summary>
    internal string? Mark { get; init; }

    internal CommitInfo? Info
    {
        get
        {
            foreach (var action in Actions)
            {
                if (action.CommitInfo is { } info)
                    return info;
            }

            return null;
        }
    }

    internal static LogEntry Parse(long version, string key, ReadOnlySpan<byte> content)
    {
        var actions = new List<DeltaAction>();
        var number = 0;
        if (content.StartsWith("\uFEFF"u8))
            content = content["\uFEFF"u8.Length..];
        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range];
            number++;
            if (line.Trim("\r \t"u8).IsEmpty)
                continue;
            try
            {
                if (JsonSerializer.Deserialize(line, DeltaJson.Log.DeltaAction) is { } action)
                    actions.Add(Checked(action));
            }
            catch (JsonException e)
            {
                throw new DataEngineXException($"Log entry {key}, line {number}, is not a valid action: {e.Message}", e);
            }
        }

        return new LogEntry(version, actions);
    }

    /// <summary>Refuses a file without a path: nobody could tell which one is meant.</summary>
    private static DeltaAction Checked(DeltaAction action)
    {
        var kind = action switch
        {
            { Add: { } add } when string.IsNullOrEmpty(add.Path) => "add",
            { Remove: { } remove } when string.IsNullOrEmpty(remove.Path) => "remove",
            { Cdc: { } change } when string.IsNullOrEmpty(change.Path) => "cdc",
            { Sidecar: { } sidecar } when string.IsNullOrEmpty(sidecar.Path) => "sidecar",
            _ => null,
        };
        return kind is null ? action : throw new JsonException($"the {kind} action names no path.");
    }

    internal static byte[] Write(IEnumerable<DeltaAction> actions)
    {
        using var stream = new MemoryStream();
        foreach (var action in actions)
        {
            JsonSerializer.Serialize(stream, action, DeltaJson.Log.DeltaAction);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }
}
