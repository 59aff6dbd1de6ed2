using DataEngineX.Pipelines;

namespace DataEngineX.Hosting;

/// <summary>How a backfill stands.</summary>
public sealed record BackfillRecord
{
    /// <summary>Its id: sortable by time.</summary>
    public required string Id { get; init; }

    /// <summary>What was ordered.</summary>
    public required BackfillRequest Request { get; init; }

    /// <summary>Its state; failed when one of its runs did.</summary>
    public required RunState State { get; init; }

    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The host that is at work on it, or worked on it last; null while it waits for one that takes it up again.</summary>
    public string? Host { get; init; }

    /// <summary>Whether it was asked to stop.</summary>
    public bool IsCancelAsked { get; init; }

    /// <summary>How often in a row it was taken up from a host that died, without one run having ended since.</summary>
    public int Rescues { get; init; }

    /// <summary>When it ended, or null while it is at work.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The runs that have ended.</summary>
    public long Runs { get; init; }

    /// <summary>Those of them that failed.</summary>
    public long FailedRuns { get; init; }

    /// <summary>The partitions that had to run, or null until it has ended.</summary>
    public long? PartitionsAsked { get; init; }

    /// <summary>The partitions that its runs have computed so far, or null before the first.</summary>
    public long? PartitionsDone { get; init; }

    /// <summary>Why runs failed, by the names of their partitions; at most the first 100, known when it has ended.</summary>
    public IReadOnlyList<BackfillFailure> Failures { get; init; } = [];

    /// <summary>Why it could not be made at all, in one sentence, or null.</summary>
    public string? Error { get; init; }
}
