namespace DataEngineX.Pipelines;

/// <summary>The promise that a dataset is never older than so much, judged by event time.</summary>
/// <param name="Column">The event-time column of the target: a date or timestamp.</param>
/// <param name="Within">The greatest age that is still fresh.</param>
public sealed record FreshnessPolicy(string Column, TimeSpan Within);
