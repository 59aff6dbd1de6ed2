using System.Diagnostics.CodeAnalysis;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Functions that C# has no form for, to be written in typed lambdas. They are translated, never called: calling one is an error.</summary>
[SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The parameters are read from the expression tree.")]
[SuppressMessage("Usage", "CA1801:Review unused parameters", Justification = "The parameters are read from the expression tree.")]
public static class Sql
{
    /// <summary>The run's clock: the instant at which the run started.</summary>
    public static DateTimeOffset RunClock => throw Called();

    /// <summary>The value as another type; a value that cannot be converted becomes null.</summary>
    /// <typeparam name="T">The type wanted, nullable where it is a value type.</typeparam>
    /// <param name="value">The value.</param>
    public static T? TryCast<T>(object? value) => throw Called();

    /// <summary>The value as another type; a value that cannot be converted is an error naming it.</summary>
    /// <typeparam name="T">The type wanted.</typeparam>
    /// <param name="value">The value.</param>
    public static T Cast<T>(object? value) => throw Called();

    /// <summary>Whether the text is like an SQL pattern.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">A constant: <c>%</c> stands for any text, <c>_</c> for one character.</param>
    [SqlFunction(FunctionNames.Like)]
    public static bool Like(string? text, string pattern) => throw Called();

    /// <summary>Whether the text is like an SQL pattern.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">A constant: <c>%</c> stands for any text, <c>_</c> for one character.</param>
    /// <param name="escape">The character that makes the wildcard after it plain.</param>
    [SqlFunction(FunctionNames.Like)]
    public static bool Like(string? text, string pattern, char escape) => throw Called();

    /// <summary>Whether the text is like an SQL pattern, upper and lower case being the same.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">A constant: <c>%</c> stands for any text, <c>_</c> for one character.</param>
    [SqlFunction(FunctionNames.LikeIgnoreCase)]
    public static bool LikeIgnoreCase(string? text, string pattern) => throw Called();

    /// <summary>The first characters; with a negative number all but so many of the last.</summary>
    /// <param name="text">The text.</param>
    /// <param name="count">How many characters.</param>
    [SqlFunction(FunctionNames.Left)]
    public static string Left(string? text, int count) => throw Called();

    /// <summary>The last characters; with a negative number all but so many of the first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="count">How many characters.</param>
    [SqlFunction(FunctionNames.Right)]
    public static string Right(string? text, int count) => throw Called();

    /// <summary>The text several times.</summary>
    /// <param name="text">The text.</param>
    /// <param name="count">How often.</param>
    [SqlFunction(FunctionNames.Repeat)]
    public static string Repeat(string? text, int count) => throw Called();

    /// <summary>The characters from last to first.</summary>
    /// <param name="text">The text.</param>
    [SqlFunction(FunctionNames.Reverse)]
    public static string Reverse(string? text) => throw Called();

    /// <summary>Length in bytes of UTF-8.</summary>
    /// <param name="text">The text.</param>
    [SqlFunction(FunctionNames.ByteLength)]
    public static int ByteLength(string? text) => throw Called();

    /// <summary>One part between a constant separator; null where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">The separator.</param>
    /// <param name="index">0-based; negative counts from the end.</param>
    [SqlFunction(FunctionNames.SplitPart)]
    public static string? SplitPart(string? text, string separator, int index) => throw Called();

    /// <summary>What a constant regular expression first matches, or a group of it; null where there is no match.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="group">The group's number; 0 for the whole match.</param>
    [SqlFunction(FunctionNames.RegexExtract)]
    public static string? ExtractRegex(string? text, string pattern, int group) => throw Called();

    /// <summary>The start of the unit that a date or timestamp is in.</summary>
    /// <typeparam name="T">The type of the time.</typeparam>
    /// <param name="time">The time.</param>
    /// <param name="unit">The unit.</param>
    [SqlFunction(FunctionNames.TruncateTime)]
    public static T Truncate<T>(T time, CalendarUnit unit) => throw Called();

    /// <summary>A date, time or timestamp moved by so many units.</summary>
    /// <typeparam name="T">The type of the time.</typeparam>
    /// <param name="time">The time.</param>
    /// <param name="amount">How many units.</param>
    /// <param name="unit">The unit.</param>
    [SqlFunction(FunctionNames.AddTime)]
    public static T Add<T>(T time, long amount, CalendarUnit unit) => throw Called();

    /// <summary>The starts of units passed from an earlier to a later date or timestamp.</summary>
    /// <typeparam name="T">The type of the times.</typeparam>
    /// <param name="later">The later time.</param>
    /// <param name="earlier">The earlier time.</param>
    /// <param name="unit">The unit.</param>
    [SqlFunction(FunctionNames.DateDiff)]
    public static long Since<T>(T later, T earlier, CalendarUnit unit) => throw Called();

    /// <summary>Quarter, 1 to 4.</summary>
    /// <typeparam name="T">The type of the time.</typeparam>
    /// <param name="time">The time.</param>
    [SqlFunction(FunctionNames.Quarter)]
    public static int Quarter<T>(T time) => throw Called();

    /// <summary>Week by ISO 8601.</summary>
    /// <typeparam name="T">The type of the time.</typeparam>
    /// <param name="time">The time.</param>
    [SqlFunction(FunctionNames.IsoWeek)]
    public static int IsoWeek<T>(T time) => throw Called();

    /// <summary>The year that the ISO 8601 week belongs to.</summary>
    /// <typeparam name="T">The type of the time.</typeparam>
    /// <param name="time">The time.</param>
    [SqlFunction(FunctionNames.IsoYear)]
    public static int IsoYear<T>(T time) => throw Called();

    /// <summary>Day of the week by ISO 8601, Monday 1 to Sunday 7.</summary>
    /// <typeparam name="T">The type of the time.</typeparam>
    /// <param name="time">The time.</param>
    [SqlFunction(FunctionNames.IsoDayOfWeek)]
    public static int IsoDayOfWeek<T>(T time) => throw Called();

    /// <summary>An instant as clocks of a zone show it.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="zone">A constant IANA name, such as <c>Europe/Berlin</c>.</param>
    [SqlFunction(FunctionNames.ToLocal)]
    public static DateTime ToLocal(DateTimeOffset? instant, string zone) => throw Called();

    /// <summary>The instant at which clocks of a zone show a date and time; see <see cref="Expr.ToInstant"/> for changes of the clock.</summary>
    /// <param name="local">The date and time.</param>
    /// <param name="zone">A constant IANA name, such as <c>Europe/Berlin</c>.</param>
    [SqlFunction(FunctionNames.ToInstant)]
    public static DateTimeOffset ToInstant(DateTime? local, string zone) => throw Called();

    /// <summary>The text as a date, or null for a text of another form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">A constant custom format of .NET.</param>
    [SqlFunction(FunctionNames.TryParseDate)]
    public static DateOnly? TryParseDate(string? text, string format) => throw Called();

    /// <summary>The text as a timestamp without zone, or null for a text of another form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">A constant custom format of .NET.</param>
    [SqlFunction(FunctionNames.TryParseTimestamp)]
    public static DateTime? TryParseTimestamp(string? text, string format) => throw Called();

    /// <summary>The greatest value that is not null.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">The values.</param>
    [SqlFunction(FunctionNames.Greatest)]
    public static T Greatest<T>(params T[] values) => throw Called();

    /// <summary>The least value that is not null.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">The values.</param>
    [SqlFunction(FunctionNames.Least)]
    public static T Least<T>(params T[] values) => throw Called();

    /// <summary>Null where both are equal, else the first.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="other">What becomes null.</param>
    [SqlFunction(FunctionNames.NullIf)]
    public static T NullIf<T>(T value, T other) => throw Called();

    /// <summary>Whether two values differ, null being a value like others.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    [SqlFunction(FunctionNames.IsDistinct)]
    public static bool IsDistinct<T>(T left, T right) => throw Called();

    /// <summary>A hash of one or more values.</summary>
    /// <param name="values">The values.</param>
    [SqlFunction(FunctionNames.Hash)]
    public static long Hash(params object?[] values) => throw Called();

    private static InvalidOperationException Called() => new("The methods of Sql are translated in typed lambdas of a flow and cannot be called.");
}
