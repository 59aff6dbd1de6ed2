using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Reads a date or time as people write it, with the month before the day.</summary>
internal static class TimeText
{
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault
        | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Reads a text; without a year there is no date.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time in UTC, which is also that of a text without a zone.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        // The year 1 stands for the one that is missing.
        var found = DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out var read) && read.Year > 1;
        time = found ? new DateTimeOffset(DateTime.SpecifyKind(read, DateTimeKind.Utc)) : default;
        return found;
    }
}
