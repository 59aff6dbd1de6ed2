namespace WeatherService;

/// <summary>A row of gold/forecasts.</summary>
/// <param name="Location">The city.</param>
/// <param name="ForDate">The day it is for.</param>
/// <param name="TemperatureMaxC">The forecast in °C.</param>
/// <param name="Persistence">The day before, in °C.</param>
/// <param name="Climatology">The same days of earlier years, in °C; null when there are none.</param>
/// <param name="ModelVersion">The version that made it.</param>
public sealed record Forecast(
    string Location, DateOnly ForDate, double TemperatureMaxC, double Persistence, double? Climatology, int ModelVersion);
