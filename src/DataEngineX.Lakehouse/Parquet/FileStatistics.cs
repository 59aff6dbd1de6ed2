namespace DataEngineX.Lakehouse.Parquet;

/// <summary>What was counted while a file was written.</summary>
/// <param name="RowCount">How many rows it holds.</param>
/// <param name="Columns">By column name.</param>
public sealed record FileStatistics(long RowCount, IReadOnlyDictionary<string, ColumnStatistics> Columns);
