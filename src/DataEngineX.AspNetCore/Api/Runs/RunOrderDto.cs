using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>The body of an order to run; it may be left out.</summary>
/// <param name="Partition">The partition or interval; null for everything that is new.</param>
/// <param name="Full">Whether everything is computed anew.</param>
/// <param name="Replay">Whether the rows set aside run again.</param>
internal sealed record RunOrderDto(string? Partition, bool Full = false, bool Replay = false)
{
    public RunRequest ToRequest(string pipeline) =>
        new(pipeline, Replay ? RunTriggers.Replay : "manual", Partition) { IsFull = Full, IsReplay = Replay };
}
