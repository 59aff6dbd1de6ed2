namespace DataEngineX.Hosting;

/// <summary>A run of a backfill that failed.</summary>
/// <param name="Partition">The names of its partitions.</param>
/// <param name="Error">Why, in one sentence.</param>
public sealed record BackfillFailure(string Partition, string Error);
