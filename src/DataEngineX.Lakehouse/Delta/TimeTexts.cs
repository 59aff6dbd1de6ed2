using System.Globalization;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Days and moments as texts; null for those beyond the years 1 to 9999.</summary>
internal static class TimeTexts
{
    private const long FirstMicros = -62_135_596_800_000_000;
    private const long LastMicros = 253_402_300_799_999_999;

    /// <summary>A moment that a log names; what lies beyond the years 1 to 9999 is the nearest within them.</summary>
    /// <param name="millis">Since 1970-01-01.</param>
    internal static DateTimeOffset OfLog(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(millis, FirstMicros / 1000, LastMicros / 1000));

    /// <summary>The text of a day.</summary>
    /// <param name="days">Since 1970-01-01.</param>
    internal static string? Day(long days) => days is < -719_162 or > 2_932_896
        ? null
        : DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The text of a moment: of ISO 8601 where it is one of UTC, because one without a zone would be read in that of the reader.</summary>
    /// <param name="micros">Since 1970-01-01.</param>
    /// <param name="local">Whether it has no zone.</param>
    internal static string? Moment(long micros, bool local)
    {
        if (micros is < FirstMicros or > LastMicros)
            return null;
        var format = local
            ? micros % 1_000_000 == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff"
            : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond).ToString(format, CultureInfo.InvariantCulture);
    }
}
