namespace WeatherService;

/// <summary>A day of gold/daily_features with the champion's score.</summary>
/// <param name="Location">The city.</param>
/// <param name="Date">The day observed.</param>
/// <param name="TempMax">Its highest temperature in °C.</param>
/// <param name="ClimatologyNext">What the day after was like in earlier years, in °C.</param>
/// <param name="Score">The forecast for the day after in °C; null where a feature is missing or there is no model yet.</param>
/// <param name="ModelVersion">The version that made it.</param>
public sealed record ScoredDay(
    string Location, DateOnly Date, double TempMax, double? ClimatologyNext, double? Score, int? ModelVersion);
