using System.Linq.Expressions;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Translates properties of values: parts of dates, the length of a text.</summary>
internal static class MemberTranslator
{
    public static Expr Translate(MemberExpression member, Expr value)
    {
        var type = member.Expression!.Type;
        var function = member.Member.Name switch
        {
            "Length" when type == typeof(string) => FunctionNames.Length,
            "Year" when IsTime(type) => FunctionNames.Year,
            "Month" when IsTime(type) => FunctionNames.Month,
            "Day" when IsTime(type) => FunctionNames.Day,
            "DayOfYear" when IsTime(type) => FunctionNames.DayOfYear,
            "DayOfWeek" when IsTime(type) => FunctionNames.DayOfWeek,
            "Hour" when IsTime(type) => FunctionNames.Hour,
            "Minute" when IsTime(type) => FunctionNames.Minute,
            _ => throw TranslationVisitor.Refuse(member, "only Length of a text and Year, Month, Day, DayOfYear, DayOfWeek, Hour, Minute of a date are translated."),
        };
        return new CallExpr(function, value);
    }

    /// <summary><c>a.DayNumber - b.DayNumber</c> counts days.</summary>
    public static Expr? TryDaysBetween(BinaryExpression binary, TranslationVisitor visitor) =>
        binary.NodeType == ExpressionType.Subtract && DateOf(binary.Left) is { } left && DateOf(binary.Right) is { } right
            ? visitor.Visit(left).DaysSince(visitor.Visit(right))
            : null;

    private static Expression? DateOf(Expression expression) =>
        expression is MemberExpression { Member.Name: nameof(DateOnly.DayNumber), Expression: { } date } && date.Type == typeof(DateOnly) ? date : null;

    private static bool IsTime(Type type) => type == typeof(DateOnly) || type == typeof(DateTime) || type == typeof(DateTimeOffset);
}
