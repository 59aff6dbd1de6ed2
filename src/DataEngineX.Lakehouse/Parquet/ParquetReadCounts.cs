namespace DataEngineX.Lakehouse.Parquet;

/// <summary>What a reader has read of its file so far, and what it could leave out.</summary>
/// <param name="Bytes">Bytes read, footer and indexes included.</param>
/// <param name="RowGroups">Row groups read, whole or in part.</param>
/// <param name="RowGroupsPruned">Row groups left out because no row of them can satisfy the condition.</param>
/// <param name="RowsPruned">Rows left out for the same reason, in whole row groups or by pages.</param>
public readonly record struct ParquetReadCounts(long Bytes, long RowGroups, long RowGroupsPruned, long RowsPruned);
