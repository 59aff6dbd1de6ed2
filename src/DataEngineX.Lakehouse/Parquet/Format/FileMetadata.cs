namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>The footer of a file.</summary>
internal sealed class FileMetadata
{
    internal List<SchemaElement> Schema { get; } = [];

    internal long RowCount { get; set; }

    internal List<RowGroup> RowGroups { get; } = [];

    internal string? CreatedBy { get; set; }
}
