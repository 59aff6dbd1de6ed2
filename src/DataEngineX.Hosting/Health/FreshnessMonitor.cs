using System.Collections.Concurrent;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Health;

/// <summary>Keeps the newest event time of each dataset with a freshness policy, by table version.</summary>
internal sealed class FreshnessMonitor(IPipelineCatalog pipelines, ITableCatalog tables, TimeProvider clock) : IFreshnessMonitor
{
    private readonly ConcurrentDictionary<DatasetId, Seen> _seen = [];

    public IReadOnlyList<FreshnessStatus> Known => [.. _seen.Values.Select(Status).OrderBy(s => s.Pipeline, StringComparer.Ordinal)];

    /// <summary>The pipelines that promise something about a table.</summary>
    public IEnumerable<Pipeline> Promises => pipelines.Pipelines.Where(p => p.Freshness is not null && p.Target.Dataset.Layer is not null);

    public async ValueTask<FreshnessStatus?> LookAsync(DatasetId dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (Promises.FirstOrDefault(p => p.Target.Dataset == dataset) is not { Freshness: { } policy } pipeline)
            return null;
        var table = await tables.FindAsync(dataset, cancellationToken).ConfigureAwait(false);
        if (table is null)
            return Status(_seen[dataset] = new Seen(pipeline.Name, dataset, policy, -1, null));
        var snapshot = await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        if (_seen.TryGetValue(dataset, out var known) && known.Version == snapshot.Version)
            return Status(known);

        DateTimeOffset? newest = null;
        var scan = new TableScan { Version = snapshot.Version, Columns = [policy.Column] };
        await foreach (var batch in table.ScanAsync(scan, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                if (EventTimes.Newest(batch.Column(0)) is { } time && (newest is null || time > newest))
                    newest = time;
            }
        }

        return Status(_seen[dataset] = new Seen(pipeline.Name, dataset, policy, snapshot.Version, newest));
    }

    private FreshnessStatus Status(Seen seen)
    {
        TimeSpan? age = seen.Newest is { } newest ? clock.GetUtcNow() - newest : null;
        return new FreshnessStatus(
            seen.Pipeline, seen.Dataset, seen.Policy.Column, seen.Newest, age < TimeSpan.Zero ? TimeSpan.Zero : age, seen.Policy.Within);
    }

    private sealed record Seen(string Pipeline, DatasetId Dataset, FreshnessPolicy Policy, long Version, DateTimeOffset? Newest);
}
