namespace DataEngineX.Lakehouse.Delta;

/// <summary>Raises what a table asks of its readers and writers.</summary>
internal static class ProtocolFeatures
{
    private static readonly string[] Harmless =
    [
        "delta.logRetentionDuration", "delta.deletedFileRetentionDuration", "delta.checkpointInterval", "delta.targetFileSize",
        "delta.dataSkippingNumIndexedCols", "delta.enableExpiredLogCleanup",
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

    /// <summary>The protocol with one more feature.</summary>
    internal static ProtocolAction With(ProtocolAction protocol, string feature, bool readers = false) => protocol with
    {
        MinReaderVersion = readers ? 3 : protocol.MinReaderVersion,
        MinWriterVersion = 7,
        ReaderFeatures = readers ? Add(protocol.ReaderFeatures, feature) : protocol.ReaderFeatures,
        WriterFeatures = Add(protocol.WriterFeatures, feature),
    };

    private static IReadOnlyList<string> Add(IReadOnlyList<string>? features, string feature) =>
        features?.Contains(feature, StringComparer.Ordinal) == true ? features : [.. features ?? [], feature];
}
