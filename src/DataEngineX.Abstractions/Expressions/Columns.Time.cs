namespace DataEngineX.Expressions;

/// <content>Dates, times, timestamps and durations made of numbers.</content>
public static partial class Columns
{
    /// <summary>The date of a year, month and day; numbers that are no date are an error naming them.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">1 to 31.</param>
    public static Expr MakeDate(Expr year, Expr month, Expr day) => new CallExpr(FunctionNames.MakeDate, year, month, day);

    /// <summary>The timestamp without zone of a year, month, day, hour, minute and second; numbers that are none are an error naming them.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">1 to 31.</param>
    /// <param name="hour">0 to 23.</param>
    /// <param name="minute">0 to 59.</param>
    /// <param name="second">0 to 59.</param>
    public static Expr MakeTimestamp(Expr year, Expr month, Expr day, Expr hour, Expr minute, Expr second) =>
        new CallExpr(FunctionNames.MakeTimestamp, year, month, day, hour, minute, second);

    /// <summary>The time of an hour, minute and second; numbers that are none are an error naming them.</summary>
    /// <param name="hour">0 to 23.</param>
    /// <param name="minute">0 to 59.</param>
    /// <param name="second">0 to 59.</param>
    public static Expr MakeTime(Expr hour, Expr minute, Expr second) => new CallExpr(FunctionNames.MakeTime, hour, minute, second);

    /// <summary>A duration.</summary>
    /// <param name="amount">A whole number or a fraction, which is rounded to microseconds.</param>
    /// <param name="unit">A unit of fixed length: a week or less.</param>
    public static Expr MakeDuration(Expr amount, CalendarUnit unit) => new CallExpr(FunctionNames.MakeDuration, amount, Expr.NameOf(unit));
}
