namespace DataEngineX.Lakehouse.Delta;

/// <summary>Raises what a table asks of its readers and writers.</summary>
internal static class ProtocolFeatures
{
    private static readonly string[] Harmless =
    [
        "delta.logRetentionDuration", "delta.deletedFileRetentionDuration", "delta.checkpointInterval", "delta.targetFileSize",
        "delta.dataSkippingNumIndexedCols", "delta.enableExpiredLogCleanup",
    ];

    /// <summary>Features of readers that no data file needs.</summary>
    private static readonly string[] Checkpoints = ["v2Checkpoint", "vacuumProtocolCheck"];

    /// <summary>What versions of writers stood for, before there were features.</summary>
    private static readonly (int Version, string Feature)[] ByVersion =
    [
        (2, DeltaProtocol.AppendOnlyFeature), (2, DeltaProtocol.Invariants), (3, DeltaProtocol.CheckConstraints), (4, DeltaProtocol.ChangeFeed),
        (4, DeltaProtocol.GeneratedColumns), (5, DeltaProtocol.ColumnMapping), (6, DeltaProtocol.IdentityColumns),
    ];

    /// <summary>The protocol that properties ask for; the given one when it is enough.</summary>
    /// <exception cref="DataEngineXException">A property asks for what is not there.</exception>
    internal static ProtocolAction For(DatasetId table, ProtocolAction protocol, IReadOnlyDictionary<string, string?> properties)
    {
        foreach (var (name, value) in properties)
        {
            if (!name.StartsWith("delta.", StringComparison.Ordinal) || Harmless.Contains(name, StringComparer.Ordinal) || value is null)
                continue;
            if (TableConstraints.Is(name))
            {
                protocol = With(protocol, DeltaProtocol.CheckConstraints);
                continue;
            }

            var isOn = string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
            protocol = name switch
            {
                DeltaProtocol.AppendOnly => isOn ? With(protocol, DeltaProtocol.AppendOnlyFeature) : protocol,
                DeltaProtocol.EnableChangeFeed => isOn ? With(protocol, DeltaProtocol.ChangeFeed) : protocol,
                DeltaProtocol.EnableDeletionVectors => isOn ? With(protocol, DeltaProtocol.DeletionVectors, readers: true) : protocol,
                DeltaProtocol.EnableTypeWidening => isOn ? With(protocol, DeltaProtocol.TypeWidening, readers: true) : protocol,
                _ => throw new DataEngineXException($"{table}: the property '{name}' cannot be set: it asks writers for what is not there."),
            };
        }

        return protocol;
    }

    /// <summary>The protocol with one more feature. Versions that stand for features are written out as those, which ask for the same.</summary>
    internal static ProtocolAction With(ProtocolAction protocol, string feature, bool readers = false) => protocol with
    {
        MinReaderVersion = readers ? 3 : protocol.MinReaderVersion,
        MinWriterVersion = 7,
        ReaderFeatures = readers ? Add(OfReaders(protocol), feature) : protocol.ReaderFeatures,
        WriterFeatures = Add(OfWriters(protocol), feature),
    };

    /// <summary>What a table asks of its writers.</summary>
    internal static IReadOnlyList<string> OfWriters(ProtocolAction protocol) =>
        protocol.MinWriterVersion >= 7 ? protocol.WriterFeatures ?? [] : [.. ByVersion.Where(f => f.Version <= protocol.MinWriterVersion).Select(f => f.Feature)];

    /// <summary>Refuses to bring back a version whose files ask more of readers than the table does now.</summary>
    /// <exception cref="DataEngineXException">Names the feature.</exception>
    internal static void CheckKept(DatasetId table, LogState wanted, ProtocolAction now)
    {
        if (OfReaders(wanted.Protocol).FirstOrDefault(f => !OfReaders(now).Contains(f, StringComparer.Ordinal) && !Checkpoints.Contains(f, StringComparer.Ordinal)) is { } missing)
            throw new DataEngineXException($"{table} cannot be restored to version {wanted.Version}: that version has the feature '{missing}', which the table has given up since.");
    }

    private static IReadOnlyList<string> OfReaders(ProtocolAction protocol) => protocol.MinReaderVersion switch
    {
        >= 3 => protocol.ReaderFeatures ?? [],
        2 => [DeltaProtocol.ColumnMapping],
        _ => [],
    };

    private static IReadOnlyList<string> Add(IReadOnlyList<string> features, string feature) =>
        features.Contains(feature, StringComparer.Ordinal) ? features : [.. features, feature];
}
