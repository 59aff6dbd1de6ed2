using System.Globalization;

namespace DataEngineX.Sources;

/// <summary>Instants in the form in which a cursor column holds them.</summary>
internal static class CursorTimes
{
    /// <summary>The instant as a value like the one given.</summary>
    internal static object Like(object sample, DateTimeOffset instant, DatabaseCursor cursor) => sample switch
    {
        DateTime { Kind: DateTimeKind.Utc } => instant.UtcDateTime,
        DateTime => DateTime.SpecifyKind(instant.UtcDateTime, DateTimeKind.Unspecified),
        DateTimeOffset => instant,
        DateOnly => DateOnly.FromDateTime(instant.UtcDateTime),
        string text when IsTime(text) => Text(text, instant.UtcDateTime),
        _ => throw new PlanException(
            $"Lag and LookBack are spans of time, and the cursor column '{cursor.Column}' holds {sample.GetType().Name}: leave them out, or use a column of times.", "scan", cursor.Column),
    };

    /// <summary>The value so much earlier.</summary>
    internal static object Earlier(object value, TimeSpan span, DatabaseCursor cursor) => Like(value, Instant(value, cursor) - span, cursor);

    private static DateTimeOffset Instant(object value, DatabaseCursor cursor) => value switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        DateTimeOffset instant => instant,
        DateOnly day => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        string text when IsTime(text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        _ => (DateTimeOffset)Like(value, default, cursor),
    };

    private static bool IsTime(string text) => text.Length >= 10 && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[7] == '-'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    // Texts are compared letter by letter, so the bound has the separator, the digits and the end of what is stored.
    private static string Text(string sample, DateTime time)
    {
        if (sample.Length == 10)
            return time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + sample[10] + time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var digits = sample.Length > 19 && sample[19] == '.' ? sample.Skip(20).TakeWhile(char.IsAsciiDigit).Count() : 0;
        if (digits > 0)
            text += time.ToString("." + new string('f', Math.Min(digits, 7)), CultureInfo.InvariantCulture);
        return text + sample[Math.Min(sample.Length, 19 + (digits > 0 ? digits + 1 : 0))..];
    }
}
