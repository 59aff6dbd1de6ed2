namespace DataEngineX.Pipelines;

/// <summary>Executes every run in this process.</summary>
/// <param name="runner">The runner of this process.</param>
public sealed class LocalRunPlacement(IPipelineRunner runner) : IRunPlacement
{
    /// <inheritdoc/>
    public ValueTask<RunRecord> ExecuteAsync(RunRequest request, CancellationToken cancellationToken = default) =>
        runner.RunAsync(request, null, cancellationToken);
}
