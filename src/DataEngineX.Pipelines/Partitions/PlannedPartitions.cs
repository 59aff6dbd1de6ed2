namespace DataEngineX.Pipelines;

/// <summary>Partitions that would run, and why.</summary>
/// <param name="Partitions">Their numbers.</param>
/// <param name="Name">Their names, <c>first..last</c> for neighbours; of many intervals the first and how many there are.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record PlannedPartitions(IntervalSet Partitions, string Name, string Reason);
