using System.Collections.Concurrent;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Running;

/// <summary>Executes runs in this process: one of a pipeline at a time, or any number of its partitions, and cancelled when the host's time to stop is over.</summary>
internal sealed class HostRunPlacement(IPipelineRunner runner, IPipelineCatalog pipelines, RunsAtWork runs, Drain drain) : IRunPlacement, IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    public async ValueTask<RunRecord> ExecuteAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drain.MustStop);
        using var progress = runs.Follow();

        // Runs of partitions work side by side; the lease of each keeps the same partition from running twice.
        if (pipelines.TryFind(request.Pipeline, out var pipeline) && pipeline.Partition is not null)
            return await runner.RunAsync(request, progress, either.Token).ConfigureAwait(false);
        var turn = _turns.GetOrAdd(request.Pipeline, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            return await runner.RunAsync(request, progress, either.Token).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var turn in _turns.Values)
            turn.Dispose();
    }
}
