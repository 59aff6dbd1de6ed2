namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>What a node of a file's schema becomes.</summary>
internal enum ColumnShape
{
    Leaf,
    Struct,
    List,
    Map,

    /// <summary>A field that the file does not have.</summary>
    Missing,
}
