using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>The body of an order to backfill; it may be left out.</summary>
/// <param name="From">The first partition; null for the first of all.</param>
/// <param name="To">The last partition; null for the last that has ended.</param>
/// <param name="Parallel">The most runs at once.</param>
/// <param name="PerRun">The most neighbouring partitions that one run computes.</param>
/// <param name="Failed">Whether only what failed before runs.</param>
/// <param name="Again">Whether partitions that are done run again.</param>
internal sealed record BackfillOrderDto(string? From, string? To, int Parallel = 1, int PerRun = 1, bool Failed = false, bool Again = false)
{
    public BackfillRequest ToRequest(string pipeline) => new(pipeline)
    {
        From = From,
        To = To,
        Parallelism = Parallel,
        PartitionsPerRun = PerRun,
        OnlyFailed = Failed,
        Again = Again,
    };
}
