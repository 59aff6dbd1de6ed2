namespace DataEngineX.Expressions;

/// <content>Functions on dates, times, timestamps and durations. Parts of a timestamp with a zone are those in UTC.</content>
public abstract partial class Expr
{
    /// <summary>Year.</summary>
    public Expr Year() => new CallExpr(FunctionNames.Year, this);

    /// <summary>Quarter, 1 to 4.</summary>
    public Expr Quarter() => new CallExpr(FunctionNames.Quarter, this);

    /// <summary>Month, 1 to 12.</summary>
    public Expr Month() => new CallExpr(FunctionNames.Month, this);

    /// <summary>Day of the month; whole days of a duration.</summary>
    public Expr Day() => new CallExpr(FunctionNames.Day, this);

    /// <summary>Day of the year.</summary>
    public Expr DayOfYear() => new CallExpr(FunctionNames.DayOfYear, this);

    /// <summary>Day of the week, Sunday 0.</summary>
    public Expr DayOfWeek() => new CallExpr(FunctionNames.DayOfWeek, this);

    /// <summary>Day of the week by ISO 8601, Monday 1 to Sunday 7.</summary>
    public Expr IsoDayOfWeek() => new CallExpr(FunctionNames.IsoDayOfWeek, this);

    /// <summary>Week by ISO 8601, 1 to 53.</summary>
    public Expr IsoWeek() => new CallExpr(FunctionNames.IsoWeek, this);

    /// <summary>The year that the ISO 8601 week belongs to.</summary>
    public Expr IsoYear() => new CallExpr(FunctionNames.IsoYear, this);

    /// <summary>Hour, 0 to 23.</summary>
    public Expr Hour() => new CallExpr(FunctionNames.Hour, this);

    /// <summary>Minute, 0 to 59.</summary>
    public Expr Minute() => new CallExpr(FunctionNames.Minute, this);

    /// <summary>Second, 0 to 59.</summary>
    public Expr Second() => new CallExpr(FunctionNames.Second, this);

    /// <summary>Thousandths of the second, 0 to 999.</summary>
    public Expr Millisecond() => new CallExpr(FunctionNames.Millisecond, this);

    /// <summary>Thousandths of the millisecond, 0 to 999.</summary>
    public Expr Microsecond() => new CallExpr(FunctionNames.Microsecond, this);

    /// <summary>Thousandths of the microsecond, 0 to 999.</summary>
    public Expr Nanosecond() => new CallExpr(FunctionNames.Nanosecond, this);

    /// <summary>Units since 1970-01-01, rounded down.</summary>
    /// <param name="unit">A unit of fixed length: a week or less.</param>
    public Expr Epoch(CalendarUnit unit = CalendarUnit.Second) => new CallExpr(FunctionNames.Epoch, this, NameOf(unit));

    /// <summary>The instant so many units after 1970-01-01 in UTC.</summary>
    /// <param name="unit">A unit of fixed length: a week or less.</param>
    public Expr FromEpoch(CalendarUnit unit = CalendarUnit.Second) => new CallExpr(FunctionNames.FromEpoch, this, NameOf(unit));

    /// <summary>The start of the unit that the date or timestamp is in.</summary>
    /// <param name="unit">The unit.</param>
    public Expr TruncateTo(CalendarUnit unit) => new CallExpr(FunctionNames.TruncateTime, this, NameOf(unit));

    /// <summary>The date, time, timestamp or duration moved by so many units.</summary>
    /// <param name="amount">A whole number, negative to go back.</param>
    /// <param name="unit">The unit; in years, quarters and months the day is clamped to the end of a shorter month.</param>
    public Expr Add(Expr amount, CalendarUnit unit) => new CallExpr(FunctionNames.AddTime, this, amount, NameOf(unit));

    /// <summary>The date or timestamp moved by years; 29 February becomes 28 February where there is none.</summary>
    /// <param name="years">A whole number, negative to go back.</param>
    public Expr AddYears(Expr years) => Add(years, CalendarUnit.Year);

    /// <summary>The date or timestamp moved by months; the day is clamped to the end of a shorter month.</summary>
    /// <param name="months">A whole number, negative to go back.</param>
    public Expr AddMonths(Expr months) => Add(months, CalendarUnit.Month);

    /// <summary>The date or timestamp moved by days.</summary>
    /// <param name="days">The number of days, negative to go back.</param>
    public Expr AddDays(Expr days) => Add(days, CalendarUnit.Day);

    /// <summary>The time or timestamp moved by hours.</summary>
    /// <param name="hours">A whole number, negative to go back.</param>
    public Expr AddHours(Expr hours) => Add(hours, CalendarUnit.Hour);

    /// <summary>The time or timestamp moved by minutes.</summary>
    /// <param name="minutes">A whole number, negative to go back.</param>
    public Expr AddMinutes(Expr minutes) => Add(minutes, CalendarUnit.Minute);

    /// <summary>The time or timestamp moved by seconds.</summary>
    /// <param name="seconds">A whole number, negative to go back.</param>
    public Expr AddSeconds(Expr seconds) => Add(seconds, CalendarUnit.Second);

    /// <summary>The starts of units passed from another date or timestamp to this one; negative if the other is later.</summary>
    /// <param name="other">The date to count from.</param>
    /// <param name="unit">The unit.</param>
    public Expr Since(Expr other, CalendarUnit unit) => new CallExpr(FunctionNames.DateDiff, this, other, NameOf(unit));

    /// <summary>Whole days from another date to this one.</summary>
    /// <param name="other">The date to count from.</param>
    public Expr DaysSince(Expr other) => Since(other, CalendarUnit.Day);

    /// <summary>The instant as clocks of a zone show it: a timestamp without zone.</summary>
    /// <param name="zone">An IANA name, such as <c>Europe/Berlin</c>.</param>
    public Expr ToLocal(string zone) => new CallExpr(FunctionNames.ToLocal, this, zone);

    /// <summary>
    /// The instant at which clocks of a zone show this timestamp without zone. A time that is skipped is moved on by the gap; of a time that
    /// comes twice the earlier instant is taken.
    /// </summary>
    /// <param name="zone">An IANA name, such as <c>Europe/Berlin</c>.</param>
    public Expr ToInstant(string zone) => new CallExpr(FunctionNames.ToInstant, this, zone);

    /// <summary>The time of day of a timestamp.</summary>
    public Expr TimeOfDay() => new CallExpr(FunctionNames.TimeOfDay, this);

    /// <summary>The duration as a number, with its fraction.</summary>
    /// <param name="unit">A unit of fixed length: a week or less.</param>
    public Expr TotalIn(CalendarUnit unit) => new CallExpr(FunctionNames.DurationIn, this, NameOf(unit));

    /// <summary>The text as a date; a text of another form is an error naming it.</summary>
    /// <param name="format">A custom format of .NET, such as <c>dd.MM.yyyy</c>; see docs/expressions.md.</param>
    public Expr ParseDate(string format) => new CallExpr(FunctionNames.ParseDate, this, format);

    /// <summary>The text as a date, or null for a text of another form.</summary>
    /// <param name="format">A custom format of .NET, such as <c>dd.MM.yyyy</c>; see docs/expressions.md.</param>
    public Expr TryParseDate(string format) => new CallExpr(FunctionNames.TryParseDate, this, format);

    /// <summary>The text as a timestamp, in UTC if the format has an offset; a text of another form is an error naming it.</summary>
    /// <param name="format">A custom format of .NET, such as <c>yyyy-MM-dd HH:mm:ss</c>; see docs/expressions.md.</param>
    public Expr ParseTimestamp(string format) => new CallExpr(FunctionNames.ParseTimestamp, this, format);

    /// <summary>The text as a timestamp, or null for a text of another form.</summary>
    /// <param name="format">A custom format of .NET, such as <c>yyyy-MM-dd HH:mm:ss</c>; see docs/expressions.md.</param>
    public Expr TryParseTimestamp(string format) => new CallExpr(FunctionNames.TryParseTimestamp, this, format);

    /// <summary>The date, time or timestamp as text.</summary>
    /// <param name="format">A custom format of .NET, such as <c>yyyy-MM</c>; see docs/expressions.md.</param>
    public Expr Format(string format) => new CallExpr(FunctionNames.FormatTime, this, format);

    /// <summary>The name by which functions take a unit.</summary>
    /// <param name="unit">The unit.</param>
    public static string NameOf(CalendarUnit unit) => unit switch
    {
        CalendarUnit.Year => "year",
        CalendarUnit.Quarter => "quarter",
        CalendarUnit.Month => "month",
        CalendarUnit.Week => "week",
        CalendarUnit.Day => "day",
        CalendarUnit.Hour => "hour",
        CalendarUnit.Minute => "minute",
        CalendarUnit.Second => "second",
        CalendarUnit.Millisecond => "millisecond",
        CalendarUnit.Microsecond => "microsecond",
        CalendarUnit.Nanosecond => "nanosecond",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no such unit."),
    };
}
