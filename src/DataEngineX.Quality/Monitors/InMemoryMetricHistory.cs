namespace DataEngineX.Quality;

/// <summary>Keeps series as long as the process lives. Thread-safe.</summary>
public sealed class InMemoryMetricHistory : IMetricHistory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MetricKey, IReadOnlyList<MetricPoint>> _series = [];

    /// <inheritdoc/>
    public ValueTask AppendAsync(MetricKey key, MetricPoint point, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(point);
        lock (_lock)
            _series[key] = MetricSeries.With(_series.GetValueOrDefault(key, []), point, int.MaxValue);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(MetricKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_lock)
            return ValueTask.FromResult(_series.GetValueOrDefault(key, []));
    }
}
