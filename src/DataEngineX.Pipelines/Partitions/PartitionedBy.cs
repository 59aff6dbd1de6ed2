namespace DataEngineX.Pipelines;

/// <summary>By which column a read is divided into partitions, and how.</summary>
/// <param name="Column">The column of the source.</param>
/// <param name="Partitioning">How its values are divided.</param>
/// <param name="LookBack">How many of the last partitions every run computes again, for sources that do not tell late rows.</param>
public sealed record PartitionedBy(string Column, Partitioning Partitioning, int LookBack = 0);
