namespace DataEngineX.Quality;

internal static class TimeResolutions
{
    /// <summary>Seconds in each <see cref="TimeResolution"/>.</summary>
    public static IReadOnlyList<double> PerSecond { get; } = [86_400, 3_600, 60, 1, 1e-3, 1e-6, 1e-9];
}
