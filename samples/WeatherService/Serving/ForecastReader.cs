using DataEngineX;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>Reads the newest forecasts, once for each version of their table.</summary>
/// <param name="tables">Tells versions.</param>
/// <param name="reader">Reads rows.</param>
public sealed class ForecastReader(ITableCatalog tables, FlowReader reader)
{
    private static readonly DatasetId Features = DatasetId.Table(Layer.Gold, "daily_features");
    private static readonly DatasetId Forecasts = DatasetId.Table(Layer.Gold, "forecasts");
    private static readonly Flow<Forecast> AllForecasts = Flow.Table<Forecast>(Layer.Gold, "forecasts");
    private volatile ForecastBook _last = ForecastBook.Empty;

    /// <summary>The newest forecasts.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    public async ValueTask<ForecastBook> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (await tables.FindAsync(Forecasts, cancellationToken) is not { } table)
            return ForecastBook.Empty;
        var snapshot = await table.GetSnapshotAsync(cancellationToken: cancellationToken);
        if (_last.Version == snapshot.Version)
            return _last;

        // A commit that came between snapshot and read shows up as a newer version at the next call.
        var rows = await reader.ToListAsync(AllForecasts, cancellationToken);
        var newest = rows.GroupBy(f => f.Location, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.MaxBy(f => f.ForDate)!, StringComparer.OrdinalIgnoreCase);
        var features = snapshot.Records.TryGetValue(WeatherForecast.Name, out var record) ? record.Cursor[Features] : null;
        return _last = new ForecastBook(snapshot.Version, features ?? "", newest);
    }
}
