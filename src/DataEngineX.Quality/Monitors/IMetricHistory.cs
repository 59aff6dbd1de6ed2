namespace DataEngineX.Quality;

/// <summary>Keeps series of metrics.</summary>
public interface IMetricHistory
{
    /// <summary>Adds a point. A point of the same time and run, or of the same time and no run, takes the place of the one before, so that repeating changes nothing.</summary>
    /// <param name="key">The series.</param>
    /// <param name="point">The point.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask AppendAsync(MetricKey key, MetricPoint point, CancellationToken cancellationToken = default);

    /// <summary>The points of a series, the oldest first; none when there is no such series.</summary>
    /// <param name="key">The series.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(MetricKey key, CancellationToken cancellationToken = default);
}
