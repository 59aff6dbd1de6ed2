using System.Linq.Expressions;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Translates properties of values: parts of dates, the length of a text.</summary>
internal static class MemberTranslator
{
    public static Expr Translate(MemberExpression member, Expr value)
    {
        var type = member.Expression!.Type;
        var translated = type == typeof(string) && member.Member.Name == nameof(string.Length) ? value.Length()
            : TimeTranslator.IsTime(type) ? TimeTranslator.Member(member, type, value)
            : MethodTranslator.IsList(type) ? (member.Member.Name is "Length" or "Count" ? value.ListLength() : null)
            : IsRow(type) ? value.Field(ColumnNames.Of(member.Member))
            : null;
        return translated ?? throw TranslationVisitor.Refuse(
            member, $"{type.Name}.{member.Member.Name} has no column form; see docs/expressions.md for those that have.");
    }

    /// <summary><c>a.DayNumber - b.DayNumber</c> counts days.</summary>
    public static Expr? TryDaysBetween(BinaryExpression binary, TranslationVisitor visitor) =>
        binary.NodeType == ExpressionType.Subtract && DateOf(binary.Left) is { } left && DateOf(binary.Right) is { } right
            ? visitor.Visit(left).DaysSince(visitor.Visit(right))
            : null;

    private static Expression? DateOf(Expression expression) =>
        expression is MemberExpression { Member.Name: nameof(DateOnly.DayNumber), Expression: { } date } && date.Type == typeof(DateOnly) ? date : null;

    /// <summary>A type of the user's whose members are the fields of a struct column.</summary>
    private static bool IsRow(Type type) => !type.IsPrimitive && !type.IsEnum && type.Assembly != typeof(object).Assembly;
}
