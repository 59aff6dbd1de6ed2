using DataEngineX.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>A backfill.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="State">Running, succeeded, failed or cancelled.</param>
/// <param name="StartedAt">When it was ordered.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Order">What was ordered.</param>
/// <param name="Runs">The runs that have ended.</param>
/// <param name="FailedRuns">Those of them that failed.</param>
/// <param name="PartitionsAsked">The partitions that had to run, once it has ended.</param>
/// <param name="PartitionsDone">The partitions that its runs have computed so far.</param>
/// <param name="Failures">Why runs failed; at most the first hundred.</param>
/// <param name="Error">Why it could not be made at all.</param>
internal sealed record BackfillDto(
    string Id,
    string Pipeline,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    BackfillOrderDto Order,
    long Runs,
    long FailedRuns,
    long? PartitionsAsked,
    long? PartitionsDone,
    IReadOnlyList<BackfillFailureDto> Failures,
    string? Error)
{
    public static BackfillDto Of(BackfillRecord record) => new(
        record.Id,
        record.Request.Pipeline,
        Words.Of(record.State),
        record.StartedAt,
        record.FinishedAt,
        new BackfillOrderDto(
            record.Request.From, record.Request.To, record.Request.Parallelism, (int)record.Request.PartitionsPerRun, record.Request.OnlyFailed, record.Request.Again),
        record.Runs,
        record.FailedRuns,
        record.PartitionsAsked,
        record.PartitionsDone,
        [.. record.Failures.Select(f => new BackfillFailureDto(f.Partition, f.Error))],
        record.Error);
}
