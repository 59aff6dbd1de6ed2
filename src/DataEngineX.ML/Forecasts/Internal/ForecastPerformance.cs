using DataEngineX.Pipelines;

namespace DataEngineX.ML.Internal;

/// <summary>Holds forecasts against actuals, again only when one of the two tables has changed.</summary>
internal sealed class ForecastPerformance(ForecastSpec spec, ITableCatalog tables, FlowReader reader) : IModelPerformance
{
    private volatile Known? _known;

    public string Model => spec.Model;

    public async ValueTask<PerformanceReport> GetAsync(CancellationToken cancellationToken = default)
    {
        var forecasts = await VersionAsync(spec.Forecasts, cancellationToken).ConfigureAwait(false);
        var actuals = await VersionAsync(spec.Actuals, cancellationToken).ConfigureAwait(false);
        if (_known is { } known && known.Forecasts == forecasts && known.Actuals == actuals)
            return known.Report;
        var tally = new ForecastTally(spec);
        if (forecasts is not null)
        {
            await foreach (var batch in reader.ReadAsync(spec.Flow(actuals is not null), cancellationToken).ConfigureAwait(false))
            {
                using (batch)
                    tally.Add(batch);
            }
        }

        // The versions were looked up before the read: a commit in between makes the next call read again, never keep what is old.
        var report = tally.Report();
        _known = new Known(forecasts, actuals, report);
        return report;
    }

    private async ValueTask<long?> VersionAsync(DatasetId id, CancellationToken cancellationToken)
        => await tables.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } table
            ? (await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false)).Version
            : null;

    private sealed record Known(long? Forecasts, long? Actuals, PerformanceReport Report);
}
