namespace DataEngineX.Hosting;

/// <summary>How old a dataset with a freshness policy is.</summary>
/// <param name="Pipeline">The pipeline that promised.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Column">The event-time column.</param>
/// <param name="NewestEvent">The newest event time in the newest version looked at, or null when the dataset has no rows.</param>
/// <param name="Age">From the newest event to now by the host's clock, never negative; null when there is no event.</param>
/// <param name="Within">The greatest age that is still fresh.</param>
public sealed record FreshnessStatus(
    string Pipeline, DatasetId Dataset, string Column, DateTimeOffset? NewestEvent, TimeSpan? Age, TimeSpan Within)
{
    /// <summary>Whether the promise is kept; nothing to judge is not fresh.</summary>
    public bool IsFresh => Age is { } age && age <= Within;
}
