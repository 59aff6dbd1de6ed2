namespace DataEngineX.Expressions;

/// <content>Functions on dates, times, timestamps and durations. A unit is a literal text: a name of <see cref="CalendarUnit"/> in lower case.</content>
public static partial class FunctionNames
{
    /// <summary>Year of a date or timestamp.</summary>
    public const string Year = "year";

    /// <summary>Quarter, 1 to 4.</summary>
    public const string Quarter = "quarter";

    /// <summary>Month, 1 to 12.</summary>
    public const string Month = "month";

    /// <summary>Day of the month, 1 to 31; whole days of a duration.</summary>
    public const string Day = "day";

    /// <summary>Day of the year, 1 to 366.</summary>
    public const string DayOfYear = "day_of_year";

    /// <summary>Day of the week, Sunday 0 to Saturday 6.</summary>
    public const string DayOfWeek = "day_of_week";

    /// <summary>Day of the week by ISO 8601, Monday 1 to Sunday 7.</summary>
    public const string IsoDayOfWeek = "iso_day_of_week";

    /// <summary>Week by ISO 8601, 1 to 53.</summary>
    public const string IsoWeek = "iso_week";

    /// <summary>The year that the ISO 8601 week belongs to.</summary>
    public const string IsoYear = "iso_year";

    /// <summary>Hour of a timestamp, 0 to 23, in UTC.</summary>
    public const string Hour = "hour";

    /// <summary>Minute of a timestamp, 0 to 59.</summary>
    public const string Minute = "minute";

    /// <summary>Second of a timestamp, 0 to 59.</summary>
    public const string Second = "second";

    /// <summary>Thousandths of the second, 0 to 999.</summary>
    public const string Millisecond = "millisecond";

    /// <summary>Thousandths of the millisecond, 0 to 999.</summary>
    public const string Microsecond = "microsecond";

    /// <summary>Thousandths of the microsecond, 0 to 999.</summary>
    public const string Nanosecond = "nanosecond";

    /// <summary>Units (of fixed length) since 1970-01-01, rounded down, as int64.</summary>
    public const string Epoch = "epoch";

    /// <summary>The instant so many units (of fixed length) after 1970-01-01 in UTC.</summary>
    public const string FromEpoch = "from_epoch";

    /// <summary>The start of the unit that a date or timestamp is in.</summary>
    public const string TruncateTime = "date_trunc";

    /// <summary>Date, time, timestamp or duration, a whole number, a unit: moved by so many units; the day is clamped to the end of a shorter month.</summary>
    public const string AddTime = "date_add";

    /// <summary>A later and an earlier date or timestamp and a unit: the starts of units passed on the way, as int64.</summary>
    public const string DateDiff = "date_diff";

    /// <summary>An instant as the date and time that clocks of a literal zone show.</summary>
    public const string ToLocal = "to_local";

    /// <summary>The instant at which clocks of a literal zone show a date and time.</summary>
    public const string ToInstant = "to_instant";

    /// <summary>The time of day of a timestamp.</summary>
    public const string TimeOfDay = "time_of_day";

    /// <summary>A duration as a number of units of fixed length, as double.</summary>
    public const string DurationIn = "duration_in";

    /// <summary>A duration of a number of units of fixed length.</summary>
    public const string MakeDuration = "make_duration";

    /// <summary>The date of a year, month and day.</summary>
    public const string MakeDate = "make_date";

    /// <summary>The time of an hour, minute and second.</summary>
    public const string MakeTime = "make_time";

    /// <summary>The timestamp without zone of a year, month, day, hour, minute and second.</summary>
    public const string MakeTimestamp = "make_timestamp";

    /// <summary>Text and a literal format: the date; a text of another form is an error naming it.</summary>
    public const string ParseDate = "parse_date";

    /// <summary>Text and a literal format: the date, or null for a text of another form.</summary>
    public const string TryParseDate = "try_parse_date";

    /// <summary>Text and a literal format: the timestamp, in UTC if the format has an offset; a text of another form is an error naming it.</summary>
    public const string ParseTimestamp = "parse_timestamp";

    /// <summary>Text and a literal format: the timestamp, or null for a text of another form.</summary>
    public const string TryParseTimestamp = "try_parse_timestamp";

    /// <summary>A date, time or timestamp as text of a literal format.</summary>
    public const string FormatTime = "format_time";
}
