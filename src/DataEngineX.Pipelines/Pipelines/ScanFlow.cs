namespace DataEngineX.Pipelines;

/// <summary>A flow that is a read and nothing more yet.</summary>
public sealed class ScanFlow : Flow
{
    private readonly ScanNode _scan;

    internal ScanFlow(ScanNode scan)
        : base(scan) => _scan = scan;

    /// <summary>Reads only what is new since the pipeline's last commit.</summary>
    /// <exception cref="PlanException">The source cannot tell what is new.</exception>
    public Flow Incremental() => new(new ScanNode(_scan.Source, isIncremental: true));
}
