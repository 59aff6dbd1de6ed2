namespace DataEngineX.Hosting;

/// <summary>Knows how old the datasets with a freshness policy are.</summary>
public interface IFreshnessMonitor
{
    /// <summary>All datasets looked at so far, with their age now. Does no I/O.</summary>
    IReadOnlyList<FreshnessStatus> Known { get; }

    /// <summary>Looks at the newest version of a dataset; reads the event-time column when the version is a new one.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The status, or null when no pipeline promises anything about the dataset.</returns>
    ValueTask<FreshnessStatus?> LookAsync(DatasetId dataset, CancellationToken cancellationToken = default);
}
