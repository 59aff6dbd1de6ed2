namespace DataEngineX.Pipelines;

/// <summary>What a run would do.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="RunKey">The run key: hash of fingerprint, input versions and interval.</param>
/// <param name="HasWork">False when the target's last commit has this run key already, or no input has anything new.</param>
/// <param name="Reason">Why there is work or none, in one sentence.</param>
/// <param name="Inputs">The exact input versions.</param>
/// <param name="Last">The record of the pipeline's last commit to its target, or null.</param>
/// <param name="Explain">The plan as text: operators, memory behaviour, push-down.</param>
public sealed record RunPlan(
    string Pipeline, string RunKey, bool HasWork, string Reason, IReadOnlyList<InputVersion> Inputs, CommitRecord? Last, string Explain)
{
    /// <summary>The partitions that would run and why; empty when the pipeline has none, or all are done.</summary>
    public IReadOnlyList<PlannedPartitions> Partitions { get; init; } = [];

    /// <summary>Rows and bytes expected of each input.</summary>
    public IReadOnlyList<ExpectedInput> Expected { get; init; } = [];

    /// <summary>The columns of the target that would change: their types, or what they are computed from.</summary>
    public IReadOnlyList<ColumnChange> Columns { get; init; } = [];

    /// <summary>The columns of other tables that would change because of that, in this host.</summary>
    public IReadOnlyList<DownstreamColumn> Downstream { get; init; } = [];

    /// <summary>What a run is given that shall do just this, or nothing.</summary>
    public required PlannedRun Planned { get; init; }
}
