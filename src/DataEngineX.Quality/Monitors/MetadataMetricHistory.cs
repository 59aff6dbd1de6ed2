namespace DataEngineX.Quality;

/// <summary>Keeps series in the metadata store of a host, one value a series. Hosts that share the store may write at the same time.</summary>
/// <param name="store">The store.</param>
/// <param name="mostPoints">The points kept of a series: the newest. <value>Default: 1,000.</value></param>
public sealed class MetadataMetricHistory(IMetadataStore store, int mostPoints = 1000) : IMetricHistory
{
    private const int MostTries = 100;

    /// <inheritdoc/>
    /// <exception cref="DataEngineXException">Others wrote the series again and again.</exception>
    public async ValueTask AppendAsync(MetricKey key, MetricPoint point, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(point);
        var name = NameOf(key);
        for (var i = 0; i < MostTries; i++)
        {
            var seen = await store.GetValueAsync(name, cancellationToken).ConfigureAwait(false);
            var points = MetricSeries.With(seen is null ? [] : MetricSeries.Read(seen), point, mostPoints);
            if (await store.TrySetValueAsync(name, MetricSeries.Write(points), seen, cancellationToken).ConfigureAwait(false))
                return;
        }

        throw new DataEngineXException($"The series '{name}' could not be written: others wrote it {MostTries} times in between.");
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(MetricKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await store.GetValueAsync(NameOf(key), cancellationToken).ConfigureAwait(false) is { } text ? MetricSeries.Read(text) : [];
    }

    /// <summary>Parts are escaped, so that different series have different names.</summary>
    private static string NameOf(MetricKey key) => string.Join('/', new[]
    {
        "metric", key.Dataset.Namespace, key.Dataset.Name, key.Metric, key.Column is null ? "" : "=" + key.Column, key.Partition is null ? "" : "=" + key.Partition,
    }.Select(Uri.EscapeDataString));
}
