using System.Globalization;

namespace DataEngineX.Quality.Tests;

/// <summary>The seed and count of a soak run, from the environment.</summary>
internal static class SoakSettings
{
    public static int Seed { get; } = Read("DEX_SOAK_SEED", 1);

    public static int Count { get; } = Read("DEX_SOAK_COUNT", 1_000);

    private static int Read(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
