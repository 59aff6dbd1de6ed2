namespace WeatherService;

/// <summary>The model version behind a forecast.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">The version.</param>
public sealed record ForecastModel(string Name, int Version);
