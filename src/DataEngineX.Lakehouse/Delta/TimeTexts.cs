using System.Globalization;
using System.Text;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// Days and moments as texts of ISO 8601; null for those beyond the years 1 to 9999. Nothing that a text does not say is added to it: no day of today, no order of day
/// and month of some country, no zone of the machine.
/// </summary>
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

    /// <summary>The day of a text such as <c>2024-01-31</c>.</summary>
    internal static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>What calendar and clock show by a text such as <c>2024-01-31 10:00:00.123456</c>: a day, with a time behind a space or 'T'. It may end in 'Z', but has no other offset.</summary>
    internal static DateTime? ReadClock(string text) =>
        Read(text.EndsWith('Z') ? text[..^1] : text, ArrowTypes.TimestampLocal) is { } time ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : null;

    /// <summary>The instant of a text such as <c>2024-01-31T10:00:00.123456Z</c>: as of a clock, with 'Z' or another offset; UTC without. What is finer than a microsecond is cut off, as of files.</summary>
    internal static DateTimeOffset? ReadInstant(string text) => Read(text, ArrowTypes.TimestampUtc) is { } time ? new DateTimeOffset(time) : null;

    /// <summary>Files of text may have other marks between day, month and year, and before the fraction of a second; logs and SQL do not.</summary>
    private static DateTime? Read(string text, TimestampType type) =>
        !text.AsSpan().ContainsAny('/', ',') && TextTimes.TryTimestamp(Encoding.UTF8.GetBytes(text), type, out var micros) && micros is >= FirstMicros and <= LastMicros
            ? DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond)
            : null;
}
