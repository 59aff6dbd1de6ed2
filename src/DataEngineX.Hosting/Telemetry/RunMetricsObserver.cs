using System.Collections.Concurrent;

namespace DataEngineX.Hosting.Telemetry;

/// <summary>Counts and times runs.</summary>
internal sealed class RunMetricsObserver(HostMetrics metrics) : IRunObserver
{
    private readonly ConcurrentDictionary<string, long> _started = new(StringComparer.Ordinal);

    public void RunStarted(RunRecord run)
    {
        if (_started.TryAdd(run.Id, TimeProvider.System.GetTimestamp()))
            metrics.Started(run);
    }

    // A run that another host began and left is counted as ended; it was never at work here.
    public void RunFinished(RunRecord run, DatasetLineage? lineage) =>
        metrics.Finished(run, _started.TryRemove(run.Id, out var begun) ? TimeProvider.System.GetElapsedTime(begun) : null);
}
