namespace WeatherService;

/// <summary>The forecasts of one table version.</summary>
/// <param name="Version">The version of gold/forecasts; -1 while there is none.</param>
/// <param name="FeaturesVersion">The version of gold/daily_features they were made from.</param>
/// <param name="Newest">The newest forecast of each location.</param>
public sealed record ForecastBook(long Version, string FeaturesVersion, IReadOnlyDictionary<string, Forecast> Newest)
{
    /// <summary>No forecast yet.</summary>
    public static ForecastBook Empty { get; } = new(-1, "", new Dictionary<string, Forecast>());
}
