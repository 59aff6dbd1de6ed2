namespace DataEngineX;

/// <summary>A dependency on a column of a dataset.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Column">The column in it.</param>
/// <param name="Kind">How the output depends on it.</param>
public sealed record ColumnOrigin(DatasetId Dataset, string Column, LineageKind Kind);
