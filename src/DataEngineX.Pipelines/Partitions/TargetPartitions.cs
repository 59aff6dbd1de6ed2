using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>How a target is divided into partitions.</summary>
/// <param name="Partitioning">The partitions.</param>
/// <param name="Column">The column of the target that tells them.</param>
/// <param name="LookBack">How many of the last partitions every run computes again.</param>
internal sealed record TargetPartitions(Partitioning Partitioning, Field Column, int LookBack);
