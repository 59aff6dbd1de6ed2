namespace WeatherService;

/// <summary>The kinds of weather an observer may report.</summary>
public static class WeatherKinds
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = ["drizzle", "fog", "rain", "snow", "sun"];
}
