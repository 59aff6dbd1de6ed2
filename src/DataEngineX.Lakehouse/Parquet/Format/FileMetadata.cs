namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>The footer of a file.</summary>
internal sealed class FileMetadata
{
    internal List<SchemaElement> Schema { get; } = [];

    internal long RowCount { get; set; }

    internal List<RowGroup> RowGroups { get; } = [];

    /// <summary>What the writer noted, by name.</summary>
    internal Dictionary<string, string> Pairs { get; } = new(StringComparer.Ordinal);
}
