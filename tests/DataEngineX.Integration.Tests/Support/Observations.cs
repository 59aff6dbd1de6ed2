namespace DataEngineX.Integration.Tests;

/// <summary>The lines of the sample's observations, without the header.</summary>
internal static class Observations
{
    public static IReadOnlyList<string> Lines { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "weather.csv")).Skip(1)];

    public static string DayOf(string line) => line.Split(',')[1];
}
