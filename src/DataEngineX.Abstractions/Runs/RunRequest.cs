namespace DataEngineX;

/// <summary>An order to run a pipeline.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Trigger">Why: <c>schedule</c>, <c>upstream</c>, <c>manual</c> or <c>start</c>.</param>
/// <param name="Partition">The partition or interval, or null for everything that is new.</param>
/// <param name="RunId">The id the run shall have, or null for a new one.</param>
public sealed record RunRequest(string Pipeline, string Trigger = "manual", string? Partition = null, string? RunId = null)
{
    /// <summary>Whether an incremental pipeline shall compute everything anew; only where its target replaces rows. <value>Default: false.</value></summary>
    public bool IsFull { get; init; }

    /// <summary>Whether the rows that the pipeline's readers, gate and contract have set aside shall run through them again. <value>Default: false.</value></summary>
    public bool IsReplay { get; init; }

    /// <summary>What was planned, if the run shall do just that or nothing. <value>Default: null, whatever is to do.</value></summary>
    public PlannedRun? Planned { get; init; }
}
