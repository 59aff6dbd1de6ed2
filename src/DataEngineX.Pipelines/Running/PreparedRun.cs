using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A run bound and pinned, ready to be executed.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Described">The plan as described, bound.</param>
/// <param name="Root">The plan as it is run, bound.</param>
/// <param name="Scans">What each scan reads.</param>
/// <param name="RunKey">The run key.</param>
/// <param name="Last">The pipeline's last commit to its target, or null.</param>
/// <param name="Key">The columns by which the run replaces rows of the target; null when it computes all of them, or adds new ones.</param>
/// <param name="Partitions">The partitions the run computes; null when the pipeline has none.</param>
/// <param name="HasWork">Whether there is anything to do.</param>
/// <param name="Reason">Why, in one sentence.</param>
internal sealed record PreparedRun(
    Pipeline Pipeline,
    BoundNode Described,
    BoundNode Root,
    IReadOnlyList<PinnedScan> Scans,
    string RunKey,
    CommitRecord? Last,
    IReadOnlyList<string>? Key,
    PartitionRun? Partitions,
    bool HasWork,
    string Reason)
{
    /// <summary>The version that a scan reads.</summary>
    public InputVersion InputOf(ScanNode scan) => Scans.First(s => s.Input.Dataset == scan.Source.Dataset && s.IsIncremental == scan.IsIncremental).Input;

    public IReadOnlyList<InputVersion> Inputs => [.. Scans.Select(s => s.Input)];
}
