using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What the first attempt of a run has fixed for all others, and an earlier step for those that follow: the versions read, and the partitions computed.</summary>
/// <param name="Scans">What each scan reads.</param>
/// <param name="Partition">The names of the partitions of this step and all that follow, or null.</param>
internal sealed record RunPins(IReadOnlyList<PinnedScan> Scans, string? Partition)
{
    /// <summary>The positions at which the steps after this one end, in order.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Whether steps of the run have been published before.</summary>
    public bool IsLater { get; init; }

    /// <summary>Cuts what a run would read into steps, where its pipeline has checkpoints after so many rows.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="scans">What the whole run reads.</param>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async ValueTask<RunPins> CutAsync(Pipeline pipeline, IReadOnlyList<PinnedScan> scans, DataAccess data, CancellationToken cancellationToken)
    {
        var whole = new RunPins(scans, null);
        var incremental = scans.Where(s => s is { IsIncremental: true, Input.HasData: true }).ToList();

        // One cursor has one position for each dataset: what is read in both ways, or beside another new input, is read at once.
        if (pipeline.Policies.Checkpoint?.Rows is not { } rows || incremental.Count != 1 || scans.Any(s => !s.IsIncremental && s.Input.Dataset == incremental[0].Input.Dataset))
            return whole;
        var source = PlanWalk.Scans(pipeline.Plan).First(s => s.IsIncremental && s.Source.Dataset == incremental[0].Input.Dataset).Source;
        var positions = await source.CutAsync(data, incremental[0].Input, rows, cancellationToken).ConfigureAwait(false);
        return positions.Count < 2 ? whole : whole.At(incremental[0], positions);
    }

    /// <summary>The step after this one, or null when this is the last.</summary>
    public RunPins? Next => Steps.Count == 0 ? null : (this with { IsLater = true }).After();

    private RunPins After()
    {
        var scan = Scans.First(s => s is { IsIncremental: true, Input.HasData: true });
        return At(scan with { Input = scan.Input with { Since = scan.Input.Position } }, Steps);
    }

    private RunPins At(PinnedScan scan, IReadOnlyList<string> positions) => this with
    {
        Scans = [.. Scans.Select(s => s.IsIncremental && s.Input.Dataset == scan.Input.Dataset ? scan with { Input = scan.Input with { Position = positions[0], Identity = null } } : s)],
        Steps = [.. positions.Skip(1)],
    };
}
