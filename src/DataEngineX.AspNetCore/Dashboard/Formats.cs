using System.Globalization;

namespace DataEngineX.AspNetCore;

/// <summary>How the status page writes times and numbers.</summary>
internal static class Formats
{
    public static string Instant(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    public static string Number(double? number) => number is { } value && double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    public static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        < 1 => $"{Whole(seconds * 1000)} ms",
        < 120 => $"{Whole(seconds)} s",
        < 2 * 3600 => $"{Whole(seconds / 60)} min",
        < 4 * 86_400 => $"{Whole(seconds / 3600)} h",
        _ => $"{Whole(seconds / 86_400)} days",
    };

    public static string Shorten(string? text, int length) => text is null ? "" : text.Length <= length ? text : text[..length] + "…";

    private static string Whole(double value) => Math.Floor(value).ToString("0", CultureInfo.InvariantCulture);
}
