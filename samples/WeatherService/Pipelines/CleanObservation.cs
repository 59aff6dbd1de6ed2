namespace WeatherService;

/// <summary>A row of silver/observations: one for each city and day, with every value there and plausible.</summary>
/// <param name="Location">The city.</param>
/// <param name="Date">The day.</param>
/// <param name="Precipitation">In mm.</param>
/// <param name="TempMax">The highest temperature in °C.</param>
/// <param name="TempMin">The lowest temperature in °C.</param>
/// <param name="Wind">In m/s.</param>
/// <param name="Weather">One of <see cref="WeatherKinds"/>.</param>
public sealed record CleanObservation(
    string Location, DateOnly Date, double Precipitation, double TempMax, double TempMin, double Wind, string Weather);
