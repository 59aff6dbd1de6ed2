using DataEngineX.Pipelines;
using DataEngineX.Quality;

namespace DataEngineX;

/// <summary>Watches flows.</summary>
public static class MonitorFlowExtensions
{
    /// <summary>Watches metrics of the rows that pass; verdicts land in the run like those of gates.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The rows.</param>
    /// <param name="gate">What an anomaly does: <see cref="Gate.Warn"/> or <see cref="Gate.Stop"/>; a critical one stops always.</param>
    /// <param name="monitors">What is watched.</param>
    public static Flow<T> Watch<T>(this Flow<T> flow, Gate gate, params IReadOnlyList<MetricMonitor> monitors)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.With(new WatchNode(flow.Node, gate, monitors));
    }

    /// <inheritdoc cref="Watch{T}(Flow{T}, Gate, IReadOnlyList{MetricMonitor})"/>
    public static Flow Watch(this Flow flow, Gate gate, params IReadOnlyList<MetricMonitor> monitors)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.With(new WatchNode(flow.Node, gate, monitors));
    }
}
