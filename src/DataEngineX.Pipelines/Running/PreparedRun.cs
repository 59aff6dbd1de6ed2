using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A run bound and pinned, ready to be executed.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Request">What was asked for.</param>
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
    RunRequest Request,
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
    /// <summary>What this step and those that follow it read and compute.</summary>
    public required RunPins Pins { get; init; }

    /// <summary>The step that follows, or null when this is the last.</summary>
    public RunPins? Next { get; init; }

    /// <summary>The operators whose rows in the quarantine this run takes; null where it takes none.</summary>
    public IReadOnlyList<string>? Replayed { get; init; }

    /// <summary>The cursor after this run. What a replay has done stays done, and a replay leaves all other positions as they are.</summary>
    public Cursor After
    {
        get
        {
            var quarantine = DatasetId.Table(Layer.Quarantine, Pipeline.Name).ToString();
            var (before, cursor) = (Last?.Cursor ?? Cursor.Empty, Cursor.Empty);
            foreach (var (dataset, position) in before.Positions)
            {
                if (Request.IsReplay || string.Equals(dataset, quarantine, StringComparison.Ordinal))
                    cursor = cursor.With(dataset, position, before.Identities.GetValueOrDefault(dataset));
            }

            foreach (var input in Inputs.Where(i => !Request.IsReplay || i.Dataset.ToString() == quarantine))
                cursor = cursor.With(input);
            return cursor;
        }
    }

    /// <summary>The version that a scan reads.</summary>
    public InputVersion InputOf(ScanNode scan)
    {
        var input = Scans.First(s => s.Input.Dataset == scan.Source.Dataset && s.IsIncremental == scan.IsIncremental).Input;
        return scan.ReadsWhole ? input with { Since = null } : input;
    }

    public IReadOnlyList<InputVersion> Inputs => [.. Scans.Select(s => s.Input)];
}
