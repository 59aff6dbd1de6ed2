namespace WeatherService;

/// <summary>A row of gold/live_forecasts.</summary>
/// <param name="Location">The place.</param>
/// <param name="ForDate">The day, as the place has it.</param>
/// <param name="Source">Who said so.</param>
/// <param name="TemperatureMaxC">The highest temperature in °C.</param>
/// <param name="UtcOffsetSeconds">How far the place's clocks are ahead of UTC.</param>
/// <param name="ReceivedAt">When it was asked.</param>
public sealed record LiveForecast(string Location, DateOnly ForDate, string Source, double TemperatureMaxC, long UtcOffsetSeconds, DateTimeOffset ReceivedAt);
