using System.Linq.Expressions;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Comparisons that C# writes through numbers: <c>string.CompareOrdinal(a, b) &lt; 0</c>, and <c>s[0] == 'x'</c>.</summary>
internal static class TextComparison
{
    public static Expr? TryTranslate(BinaryExpression binary, TranslationVisitor visitor)
    {
        if (IsZero(binary.Right) && binary.Left is MethodCallExpression call && call.Method.DeclaringType == typeof(string)
            && call.Method.Name is nameof(string.Compare) or nameof(string.CompareOrdinal) or nameof(string.CompareTo))
        {
            var (left, right) = call.Method.Name == nameof(string.CompareOrdinal) || IsOrdinal(call)
                ? (call.Arguments[0], call.Arguments[1])
                : throw TranslationVisitor.Refuse(call, "texts compare by their bytes: use string.CompareOrdinal(a, b).");
            return Compared(binary.NodeType, visitor.Visit(left), visitor.Visit(right));
        }

        if (Character(binary.Left, visitor) is { } one && Character(binary.Right, visitor) is { } other)
            return Compared(binary.NodeType, one, other);
        return null;
    }

    private static bool IsOrdinal(MethodCallExpression call) => call.Object is null && call.Arguments.Count == 3
        && CapturedValue.TryRead(call.Arguments[2], out var comparison) && comparison is StringComparison.Ordinal;

    private static bool IsZero(LinqExpression expression) => CapturedValue.TryRead(expression, out var value) && value is 0;

    private static Expr? Compared(ExpressionType type, Expr left, Expr right) => type switch
    {
        ExpressionType.Equal => left == right,
        ExpressionType.NotEqual => left != right,
        ExpressionType.LessThan => left < right,
        ExpressionType.LessThanOrEqual => left <= right,
        ExpressionType.GreaterThan => left > right,
        ExpressionType.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    /// <summary>A character that C# has turned into a number, or a number that was a character constant.</summary>
    private static Expr? Character(LinqExpression expression, TranslationVisitor visitor) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: { } operand } when operand.Type == typeof(char) => visitor.Visit(operand),
        ConstantExpression { Value: int code and >= 0 and <= char.MaxValue } => ((char)code).ToString(),
        _ => null,
    };
}
