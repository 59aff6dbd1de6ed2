namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>Where a data page lies, its header included, and the row of the row group it starts with.</summary>
internal readonly record struct PageLocation(long Offset, int Bytes, long FirstRow);
