namespace DataEngineX.Quality;

/// <summary>A value of a metric at a time.</summary>
/// <param name="At">What time it is of: that of the run, or the end of the interval it covers.</param>
/// <param name="Value">The value; NaN when there was none.</param>
/// <param name="RunId">The run that it comes from. <value>Default: null, none.</value></param>
public sealed record MetricPoint(DateTimeOffset At, double Value, string? RunId = null);
