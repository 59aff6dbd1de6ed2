namespace DataEngineX.AspNetCore;

/// <summary>How old a dataset is.</summary>
/// <param name="State"><c>fresh</c> or <c>stale</c> where there is a promise that can be judged, else <c>unknown</c>.</param>
/// <param name="CommittedAt">When its newest version was committed.</param>
/// <param name="Column">The event-time column of the promise.</param>
/// <param name="Newest">The greatest event time.</param>
/// <param name="AgeSeconds">From that event time to now, by the host's clock.</param>
/// <param name="WithinSeconds">The greatest age promised.</param>
internal sealed record FreshnessDto(
    string State, DateTimeOffset CommittedAt, string? Column, DateTimeOffset? Newest, double? AgeSeconds, double? WithinSeconds)
{
    public static async ValueTask<FreshnessDto> ReadAsync(FaceServices face, ITable table, TableSnapshot snapshot, CancellationToken cancellationToken)
    {
        var committed = await table.GetCommitTimeAsync(snapshot.Version, cancellationToken).ConfigureAwait(false);
        var status = await face.Freshness.LookAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
        if (status is null)
            return new FreshnessDto("unknown", committed, null, null, null, null);
        var state = status switch
        {
            { Age: null } => "unknown",
            { IsFresh: true } => "fresh",
            _ => "stale",
        };
        return new FreshnessDto(
            state, committed, status.Column, status.NewestEvent, status.Age?.TotalSeconds, status.Within.TotalSeconds);
    }
}
