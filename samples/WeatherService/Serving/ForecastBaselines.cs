namespace WeatherService;

/// <summary>What simple guesses say, in °C.</summary>
/// <param name="Persistence">As today.</param>
/// <param name="Climatology">As on these days in earlier years; null when there are none.</param>
public sealed record ForecastBaselines(double Persistence, double? Climatology);
