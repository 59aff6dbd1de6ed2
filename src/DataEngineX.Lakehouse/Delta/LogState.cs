using System.Collections.Immutable;
using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What the log says of one version of a table. Immutable; versions that follow each other share what did not change.</summary>
internal sealed record LogState
{
    private TableSchema? _columns;

    internal required string Table { get; init; }

    internal required long Version { get; init; }

    internal required ProtocolAction Protocol { get; init; }

    internal required MetadataAction Metadata { get; init; }

    internal required DateTimeOffset Timestamp { get; init; }

    /// <summary>The data files by a number that grows with each file added: the order of the table's rows.</summary>
    internal required ImmutableSortedDictionary<long, DataFile> FilesByOrder { get; init; }

    internal required ImmutableDictionary<string, long> OrderByPath { get; init; }

    /// <summary>The number of the next file added.</summary>
    internal required long NextOrder { get; init; }

    internal required ImmutableDictionary<string, TxnAction> Txns { get; init; }

    internal required ImmutableDictionary<string, DomainEntry> Domains { get; init; }

    internal IEnumerable<DataFile> Files => FilesByOrder.Values;

    internal int FileCount => FilesByOrder.Count;

    internal Schema Schema => Columns.Arrow;

    internal TableSchema Columns => _columns ??= ReadColumns();

    private TableSchema ReadColumns()
    {
        var mapping = DeltaProtocol.MappingOf(Table, this);
        return new TableSchema(new DeltaSchemaReader(Table, mapping).Read(Metadata.SchemaString), mapping, Metadata.PartitionColumns);
    }
}
