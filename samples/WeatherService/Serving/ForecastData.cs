namespace WeatherService;

/// <summary>The features a forecast was made from.</summary>
/// <param name="Dataset">The table.</param>
/// <param name="Version">Its version.</param>
public sealed record ForecastData(string Dataset, string Version);
