namespace DataEngineX;

/// <summary>What is known of one run.</summary>
public sealed record RunRecord
{
    /// <summary>The run id: sortable by time.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The state.</summary>
    public required RunState State { get; init; }

    /// <summary>Why the run was started: <c>schedule</c>, <c>upstream</c>, <c>manual</c> or <c>start</c>.</summary>
    public string Trigger { get; init; } = "manual";

    /// <summary>The partition or interval, or null for a run over everything.</summary>
    public string? Partition { get; init; }

    /// <summary>The attempt, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The attempts before this one and why each failed.</summary>
    public IReadOnlyList<RunFault> Faults { get; init; } = [];

    /// <summary>The run key, once the run is planned.</summary>
    public string? RunKey { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, or null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The row account.</summary>
    public RunRows Rows { get; init; } = new();

    /// <summary>The error in one sentence, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The inputs that were refused whole, such as names of files.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>What went wrong beside the rows, which are published all the same, such as metrics that could not be kept.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The dataset written.</summary>
    public DatasetId? Target { get; init; }

    /// <summary>The version the run published, or null when it published nothing.</summary>
    public string? Version { get; init; }

    /// <summary>How many commits it made: more than one where its pipeline has checkpoints.</summary>
    public int Steps { get; init; }

    /// <summary>Whether the run published a new version.</summary>
    public bool Published => Version is not null;

    /// <summary>The exact input versions.</summary>
    public IReadOnlyList<InputVersion> Inputs { get; init; } = [];

    /// <summary>The verdicts of its gates; left out in lists.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];
}
