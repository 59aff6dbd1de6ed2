namespace DataEngineX.Lakehouse.Tables;

/// <summary>What a pipeline keeps in its metadata domain, so that it survives checkpoints and log cleaning.</summary>
internal sealed record DomainConfiguration
{
    public required SortedDictionary<string, string> Cursor { get; init; }

    /// <summary>What tells the datasets of the cursor from others in their places; null where nothing does.</summary>
    public SortedDictionary<string, string>? Identities { get; init; }

    public required string RunKey { get; init; }

    public required long FencingToken { get; init; }

    public required long Sequence { get; init; }

    public required string RunId { get; init; }

    public required string Target { get; init; }

    public string? Fingerprint { get; init; }

    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The version that the commit made, in tables: after a checkpoint the log does not tell it otherwise.</summary>
    public long? Version { get; init; }
}
