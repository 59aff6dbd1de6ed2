namespace DataEngineX.Quality;

/// <summary>Names a series of values.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Metric">The metric, such as <see cref="Metrics.Rows"/>; any name may be used.</param>
/// <param name="Column">The column. <value>Default: null, the dataset as a whole.</value></param>
/// <param name="Partition">The partition. <value>Default: null, all of it.</value></param>
public sealed record MetricKey(DatasetId Dataset, string Metric, string? Column = null, string? Partition = null);
