namespace DataEngineX.Pipelines;

/// <summary>A typed flow that is a read and nothing more yet.</summary>
/// <typeparam name="T">The row type.</typeparam>
public sealed class ScanFlow<T> : Flow<T>
{
    private readonly ScanNode _scan;

    internal ScanFlow(ScanNode scan)
        : base(scan) => _scan = scan;

    /// <summary>Reads only what is new since the pipeline's last commit.</summary>
    /// <exception cref="PlanException">The source cannot tell what is new.</exception>
    public Flow<T> Incremental() => new(new ScanNode(_scan.Source, isIncremental: true));
}
