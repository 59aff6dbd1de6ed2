namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>A run of rows whose columns lie together.</summary>
internal sealed class RowGroup
{
    internal List<ColumnChunk> Columns { get; } = [];

    internal long RowCount { get; set; }

    /// <summary>The number of the group's first row in the file.</summary>
    internal long FirstRow { get; set; }

    internal long Bytes { get; set; }
}
