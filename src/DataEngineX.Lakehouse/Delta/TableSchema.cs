using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The columns of a table, or some of them, and where data files and the log have them.</summary>
internal sealed class TableSchema
{
    private readonly HashSet<string> _partitionedBy;

    internal TableSchema(string table, IReadOnlyList<DeltaField> fields, ColumnMapping mapping, IEnumerable<string> partitionedBy)
        : this(table, fields, mapping, new HashSet<string>(partitionedBy, StringComparer.Ordinal))
    {
    }

    private TableSchema(string table, IReadOnlyList<DeltaField> fields, ColumnMapping mapping, HashSet<string> partitionedBy)
    {
        Table = table;
        Fields = fields;
        Mapping = mapping;
        _partitionedBy = partitionedBy;
        Arrow = new Schema([.. fields.Select(f => f.Field)], null);
    }

    /// <summary>The columns that a table has by its log.</summary>
    /// <exception cref="DataEngineXException">What the log says of them is damaged or not known; names it.</exception>
    internal static TableSchema Of(string table, ProtocolAction protocol, MetadataAction metadata)
    {
        var mapping = DeltaProtocol.MappingOf(table, protocol, metadata);
        // A table that was made before its columns were known has none.
        var fields = string.IsNullOrEmpty(metadata.SchemaString) ? [] : new DeltaSchemaReader(table, mapping).Read(metadata.SchemaString);
        foreach (var name in metadata.PartitionColumns)
        {
            if (!fields.Exists(f => string.Equals(f.Name, name, StringComparison.Ordinal)))
                throw new DataEngineXException($"Table {table} has a damaged log: it is partitioned by '{name}', which is none of its columns ({string.Join(", ", fields.Select(f => f.Name))}).");
        }

        return new TableSchema(table, fields, mapping, metadata.PartitionColumns);
    }

    /// <summary>The table, for errors.</summary>
    internal string Table { get; }

    internal Schema Arrow { get; }

    internal IReadOnlyList<DeltaField> Fields { get; }

    internal ColumnMapping Mapping { get; }

    internal DeltaField? Find(string name)
    {
        foreach (var field in Fields)
        {
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
                return field;
        }

        return null;
    }

    /// <summary>Whether the column is in the log and not in the data files.</summary>
    internal bool IsPartition(DeltaField field) => _partitionedBy.Contains(field.Name);

    /// <summary>Some of the columns, in another order.</summary>
    internal TableSchema With(IReadOnlyList<DeltaField> fields) => new(Table, fields, Mapping, _partitionedBy);
}
