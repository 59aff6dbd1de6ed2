namespace WeatherService;

/// <summary>What <c>GET /api/v1/forecast</c> answers.</summary>
/// <param name="Location">The city.</param>
/// <param name="ForDate">The day after the newest observation.</param>
/// <param name="TemperatureMaxC">Its highest temperature as forecast, in °C.</param>
/// <param name="Model">What made the forecast.</param>
/// <param name="Baselines">What simple guesses say.</param>
/// <param name="Data">What it was made from.</param>
/// <param name="Live">What the live source says of the real tomorrow; null without a live source.</param>
public sealed record ForecastAnswer(
    string Location, DateOnly ForDate, double TemperatureMaxC, ForecastModel Model, ForecastBaselines Baselines, ForecastData Data, LiveAnswer? Live = null);
