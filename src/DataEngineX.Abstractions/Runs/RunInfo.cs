namespace DataEngineX;

/// <summary>The run an operator, source or target works in.</summary>
/// <param name="Id">The run id.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Partition">The partition or interval, or null for a run over everything.</param>
/// <param name="Attempt">The attempt, counted from 1.</param>
public sealed record RunInfo(string Id, string Pipeline, string? Partition, int Attempt);
