namespace DataEngineX.AspNetCore;

/// <summary>Why a run of a backfill failed.</summary>
/// <param name="Partition">The partitions of the run.</param>
/// <param name="Error">Why, in one sentence.</param>
internal sealed record BackfillFailureDto(string Partition, string Error);
