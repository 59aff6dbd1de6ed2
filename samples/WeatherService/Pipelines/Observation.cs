namespace WeatherService;

/// <summary>A line of an observations file, as received: any value may be missing.</summary>
/// <param name="Location">The city.</param>
/// <param name="Date">The day.</param>
/// <param name="Precipitation">In mm.</param>
/// <param name="TempMax">The highest temperature in °C.</param>
/// <param name="TempMin">The lowest temperature in °C.</param>
/// <param name="Wind">In m/s.</param>
/// <param name="Weather">One of <see cref="WeatherKinds"/>.</param>
public sealed record Observation(
    string? Location, DateOnly? Date, double? Precipitation, double? TempMax, double? TempMin, double? Wind, string? Weather);
