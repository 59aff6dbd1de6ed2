namespace DataEngineX.Lakehouse.Parquet;

/// <summary>How the pages of a Parquet file are compressed.</summary>
public enum ParquetCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Fast, and understood by every reader.</summary>
    Snappy,

    /// <summary>Smaller, at some cost when writing.</summary>
    Zstd,
}
