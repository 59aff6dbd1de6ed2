namespace DataEngineX.Pipelines;

/// <summary>What a backfill did. Ordering it again goes on where this one ended.</summary>
/// <param name="Asked">The partitions that had to run.</param>
/// <param name="Done">Those whose run succeeded.</param>
/// <param name="Runs">How many runs were made.</param>
/// <param name="Failures">Why runs failed, by the names of their partitions; at most the first 100.</param>
/// <param name="Failed">How many runs failed.</param>
public sealed record BackfillResult(
    IntervalSet Asked, IntervalSet Done, long Runs, IReadOnlyList<(string Partition, string Error)> Failures, long Failed);
