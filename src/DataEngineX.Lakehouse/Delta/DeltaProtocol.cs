using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What a table demands of its readers and writers, and what of it is there.</summary>
internal static class DeltaProtocol
{
    internal const string DomainMetadata = "domainMetadata";
    internal const string TimestampNtz = "timestampNtz";

    internal const string AppendOnly = "delta.appendOnly";
    internal const string EnableDeletionVectors = "delta.enableDeletionVectors";
    internal const string EnableChangeFeed = "delta.enableChangeDataFeed";

    internal const string EnableTypeWidening = "delta.enableTypeWidening";

    internal const string AppendOnlyFeature = "appendOnly";
    internal const string ChangeFeed = "changeDataFeed";
    internal const string CheckConstraints = "checkConstraints";
    internal const string DeletionVectors = "deletionVectors";
    internal const string TypeWidening = "typeWidening";

    internal const string Invariants = "invariants";
    internal const string GeneratedColumns = "generatedColumns";
    internal const string IdentityColumns = "identityColumns";
    internal const string ColumnMapping = "columnMapping";
    internal const string RowTracking = "rowTracking";
    internal const string InCommitTimestamp = "inCommitTimestamp";
    internal const string EnableInCommitTimestamps = "delta.enableInCommitTimestamps";

    private const string ColumnDefaults = "allowColumnDefaults";
    private const string Clustering = "clustering";
    private const string V2Checkpoint = "v2Checkpoint";
    private const string VacuumCheck = "vacuumProtocolCheck";
    private const string TypeWideningPreview = "typeWidening-preview";

    /// <summary>Features whose files are all known: data files, deletion vectors and change data.</summary>
    private static readonly HashSet<string> WithoutFilesOfTheirOwn = new(StringComparer.Ordinal)
    {
        DomainMetadata, TimestampNtz, ColumnMapping, DeletionVectors, V2Checkpoint, VacuumCheck, TypeWidening, TypeWideningPreview, AppendOnlyFeature, Invariants,
        CheckConstraints, ChangeFeed, GeneratedColumns, IdentityColumns, ColumnDefaults, RowTracking, InCommitTimestamp, Clustering,
    };

    /// <summary>Features that readers of ours respect.</summary>
    private static readonly HashSet<string> Read = new(StringComparer.Ordinal)
    {
        TimestampNtz, ColumnMapping, DeletionVectors, V2Checkpoint, VacuumCheck, TypeWidening, TypeWideningPreview,
        "variantType", "variantType-preview", "variantShredding", "variantShredding-preview",
    };

    /// <summary>
    /// Features that writers of ours respect. Those of generated and identity columns, defaults and variants are among them because a table may list
    /// a feature without using it: whether it does, its columns say.
    /// </summary>
    private static readonly HashSet<string> Written = new(StringComparer.Ordinal)
    {
        DomainMetadata, TimestampNtz, AppendOnlyFeature, Invariants, ChangeFeed, DeletionVectors, CheckConstraints, VacuumCheck, TypeWidening, V2Checkpoint,
        InCommitTimestamp, GeneratedColumns, IdentityColumns, ColumnMapping, ColumnDefaults, Clustering, RowTracking,
        "variantType", "variantType-preview", "variantShredding", "variantShredding-preview",
    };

    /// <summary>The protocol of a table that we create.</summary>
    internal static ProtocolAction For(Schema schema) => schema.FieldsList.Any(f => DeltaSchema.HasLocalTimestamp(f.DataType))
        ? new ProtocolAction
        {
            MinReaderVersion = 3,
            MinWriterVersion = 7,
            ReaderFeatures = [TimestampNtz],
            WriterFeatures = [DomainMetadata, TimestampNtz],
        }
        : new ProtocolAction { MinReaderVersion = 1, MinWriterVersion = 7, WriterFeatures = [DomainMetadata] };

    /// <summary>Refuses a table that asks more of its readers than there is.</summary>
    /// <exception cref="DataEngineXException">Names the feature.</exception>
    internal static void CheckReadable(string table, LogState state)
    {
        CheckReadable(table, state.Protocol, state.Version);
        if (!string.Equals(state.Metadata.Format.Provider, "parquet", StringComparison.OrdinalIgnoreCase))
            throw Refused(table, $"the file format '{state.Metadata.Format.Provider}'");
    }

    /// <summary>Refuses an entry by which the table asks more of its readers than there is, though later ones may ask for less again.</summary>
    /// <exception cref="DataEngineXException">Names version and feature.</exception>
    internal static void CheckReadable(string table, LogEntry entry)
    {
        foreach (var action in entry.Actions)
        {
            if (action.Protocol is { } protocol)
                CheckReadable(table, protocol, entry.Version);
        }
    }

    private static void CheckReadable(string table, ProtocolAction protocol, long version)
    {
        if (protocol.MinReaderVersion > 3)
            throw Refused(table, $"reader version {protocol.MinReaderVersion}", version);
        if (protocol.MinReaderVersion == 3)
        {
            foreach (var feature in protocol.ReaderFeatures ?? [])
            {
                if (!Read.Contains(feature))
                    throw Refused(table, $"the reader feature '{feature}'", version);
            }
        }
    }

    /// <summary>How the columns of a version are found in its data files.</summary>
    /// <exception cref="DataEngineXException">In a way that is not known.</exception>
    internal static ColumnMapping MappingOf(string table, ProtocolAction protocol, MetadataAction metadata)
    {
        // Reader version 1 and tables without the feature do not know the setting, so there it means nothing. Some writers raised a table to
        // version 3 and listed the feature for writers only: its files are mapped all the same.
        if (protocol.MinReaderVersion < 2
            || (protocol.MinReaderVersion == 3
                && !(protocol.ReaderFeatures ?? []).Concat(protocol.WriterFeatures ?? []).Contains(ColumnMapping, StringComparer.Ordinal)))
            return Delta.ColumnMapping.None;
        return metadata.Configuration.GetValueOrDefault("delta.columnMapping.mode") switch
        {
            null or "" or "none" => Delta.ColumnMapping.None,
            "name" => Delta.ColumnMapping.Name,
            "id" => Delta.ColumnMapping.Id,
            var mode => throw Refused(table, $"the reader feature '{ColumnMapping}' in mode '{mode}'"),
        };
    }

    /// <summary>Refuses to write a table that asks more of its writers than there is.</summary>
    /// <param name="table">The table, for errors.</param>
    /// <param name="state">Its newest version.</param>
    /// <param name="onlyAdds">Whether files are added, or all replaced, and no rows carried over from one into another.</param>
    /// <exception cref="DataEngineXException">Says what is missing.</exception>
    internal static void CheckWritable(string table, LogState state, bool onlyAdds = false)
    {
        if (state.Protocol.MinWriterVersion > 7)
            throw ReadOnly(table, $"asks for writer version {state.Protocol.MinWriterVersion}, which is not known");
        foreach (var feature in ProtocolFeatures.OfWriters(state.Protocol))
        {
            if (!Written.Contains(feature))
                throw ReadOnly(table, $"asks its writers for the feature '{feature}', which is not there");
        }

        if (!onlyAdds && RowNumbering.IsKept(state) && RowNumberColumns.Of(state) is null)
            throw new DataEngineXException($"Table {table} numbers its rows (the feature '{RowTracking}') and does not name the columns that keep the numbers; rows are appended to it or all replaced, and not changed.");
        if (state.Columns.Fields.Select(f => WritableTypes.FirstRefused(f, f.Name)).FirstOrDefault(r => r is not null) is var (column, type))
            throw ReadOnly(table, $"has the column '{column}' of type {type}, which is not written");
        if (ColumnRules.Unknown(state.Metadata.SchemaString) is var (ruled, rule))
            throw ReadOnly(table, $"has a rule on its column '{ruled}' that is not there ({rule})");
        if (IsOn(state, "delta.enableIcebergCompatV1") || IsOn(state, "delta.enableIcebergCompatV2"))
            throw ReadOnly(table, "has properties that ask its writers for what is not there (Iceberg compatibility)");
    }

    private static DataEngineXException ReadOnly(string table, string why) => new($"Table {table} {why}; it is only read.");

    private static bool IsOn(LogState state, string property) =>
        string.Equals(state.Metadata.Configuration.GetValueOrDefault(property), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses to remove files of a table that may have some which are not known here, or that are told in a way that is not known.</summary>
    /// <exception cref="DataEngineXException">Names the feature.</exception>
    internal static void CheckVacuum(string table, LogState state)
    {
        if (state.Protocol.MinWriterVersion > 7)
            throw new DataEngineXException($"Files of table {table} are not removed: it asks for writer version {state.Protocol.MinWriterVersion}, which is not known.");
        foreach (var feature in state.Protocol.WriterFeatures ?? [])
        {
            if (!WithoutFilesOfTheirOwn.Contains(feature))
                throw new DataEngineXException($"Files of table {table} are not removed: it uses the feature '{feature}', which may have files of its own.");
        }
    }

    private static DataEngineXException Refused(string table, string what, long? version = null) =>
        new($"Table {table} cannot be read: {(version is { } number ? $"version {number}" : "it")} uses {what}, which is not supported.");
}
