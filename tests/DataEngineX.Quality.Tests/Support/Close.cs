namespace DataEngineX.Quality.Tests;

/// <summary>Numbers that are the same but for rounding.</summary>
internal static class Close
{
    /// <summary>Within 1e-9 of the value, or of one for values near zero that come from larger ones.</summary>
    public static void To(double? expected, double? actual, string what = "", double tolerance = 1e-9)
    {
        if (expected is null || actual is null)
        {
            Assert.True(expected is null && actual is null, $"{what}: {actual} instead of {expected}");
            return;
        }

        var room = tolerance * Math.Max(1, Math.Abs(expected.Value));
        Assert.True(expected.Value.Equals(actual.Value) || Math.Abs(expected.Value - actual.Value) <= room, $"{what}: {actual:R} instead of {expected:R}");
    }

    /// <summary>Within a share of the value, however small it is.</summary>
    public static void ToRelative(double expected, double actual, string what, double tolerance = 1e-9) =>
        Assert.True(Math.Abs(expected - actual) <= (tolerance * Math.Abs(expected)) + 1e-300, $"{what}: {actual:R} instead of {expected:R}");
}
