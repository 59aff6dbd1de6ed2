namespace DataEngineX.Lakehouse.Parquet;

/// <summary>How a Parquet file is written.</summary>
public sealed record ParquetWriteOptions
{
    /// <summary>The compression of all columns.</summary>
    /// <value>Snappy.</value>
    public ParquetCompression Compression { get; init; } = ParquetCompression.Snappy;

    /// <summary>The most rows of one row group, from 1 to 1,048,576. A row group is held in memory until it is full.</summary>
    /// <value>131,072.</value>
    public int RowGroupRows { get; init; } = 131_072;
}
