using System.Collections.Immutable;
using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What the log says of one version of a table. Immutable; versions that follow each other share what did not change.</summary>
internal sealed record LogState
{
    private TableSchema? _columns;

    internal required string Table { get; init; }

    internal required long Version { get; init; }

    /// <summary>The <see cref="LogMark"/> of the version's entry; null where the log has cleaned it away.</summary>
    internal string? Mark { get; init; }

    internal required ProtocolAction Protocol { get; init; }

    internal required MetadataAction Metadata { get; init; }

    internal required DateTimeOffset Timestamp { get; init; }

    internal required FileSet Files { get; init; }

    internal required ImmutableDictionary<string, TxnAction> Txns { get; init; }

    internal required ImmutableDictionary<string, DomainEntry> Domains { get; init; }

    internal Schema Schema => Columns.Arrow;

    internal TableSchema Columns => _columns ??= TableSchema.Of(Table, Protocol, Metadata);
}
