namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>Least and greatest value of a column chunk or page as they lie in the file, and how many are null; each part may be missing.</summary>
internal readonly record struct ChunkStatistics(byte[]? Min, byte[]? Max, long? NullCount);
