using System.Collections;
using System.Linq.Expressions;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates method calls on texts, dates, numbers and captured collections.</summary>
internal static class MethodTranslator
{
    public static Expr Translate(MethodCallExpression call, TranslationVisitor visitor)
    {
        var type = call.Method.DeclaringType;
        return (type == typeof(string) ? OfText(call, visitor) : null)
            ?? (type == typeof(Math) ? OfMath(call, visitor) : null)
            ?? (type is not null && TimeTranslator.IsTime(type) ? TimeTranslator.Method(call, visitor) : null)
            ?? (type == typeof(System.Text.RegularExpressions.Regex) && call.Method.Name == "IsMatch" ? OfRegex(call, visitor) : null)
            ?? (call.Method.Name == "Contains" ? OfCollection(call, visitor) : null)
            ?? (call.Method.Name == "GetValueOrDefault" && call.Object is not null ? OfNullable(call, visitor) : null)
            ?? (call.Method.Name == "Equals" && call.Object is not null && call.Arguments.Count == 1
                ? visitor.Visit(call.Object) == visitor.Visit(call.Arguments[0]) : null)
            ?? throw TranslationVisitor.Refuse(call, $"the method {type?.Name}.{call.Method.Name} has no column form; see docs/expressions.md for those that have.");
    }

    private static Expr? OfText(MethodCallExpression call, TranslationVisitor visitor)
    {
        Expr Argument(int index) => visitor.Visit(call.Arguments[index]);
        if (call.Object is null)
        {
            return call.Method.Name switch
            {
                nameof(string.IsNullOrEmpty) => Argument(0).IsNull() | Argument(0) == "",
                nameof(string.IsNullOrWhiteSpace) => Argument(0).IsNull() | Argument(0).Trim() == "",
                nameof(string.Concat) when call.Arguments.All(a => a.Type == typeof(string)) =>
                    new CallExpr(FunctionNames.Concat, [.. call.Arguments.Select(visitor.Visit)]),
                _ => null,
            };
        }

        var text = visitor.Visit(call.Object);
        var plain = call.Arguments.Count == 1 || IsOrdinal(call);
        return call.Method.Name switch
        {
            nameof(string.ToLower) or nameof(string.ToLowerInvariant) => text.Lower(),
            nameof(string.ToUpper) or nameof(string.ToUpperInvariant) => text.Upper(),
            nameof(string.Trim) when call.Arguments.Count == 0 => text.Trim(),
            nameof(string.Contains) when plain => new CallExpr(FunctionNames.Contains, text, Argument(0)),
            nameof(string.StartsWith) when plain => new CallExpr(FunctionNames.StartsWith, text, Argument(0)),
            nameof(string.EndsWith) when plain => new CallExpr(FunctionNames.EndsWith, text, Argument(0)),
            nameof(string.Substring) when call.Arguments.Count == 2 => new CallExpr(FunctionNames.Substring, text, Argument(0), Argument(1)),
            nameof(string.Substring) => new CallExpr(FunctionNames.Substring, text, Argument(0), int.MaxValue),
            nameof(string.Replace) when call.Arguments.Count == 2 || IsOrdinal(call) => new CallExpr(FunctionNames.Replace, text, Argument(0), Argument(1)),
            _ => null,
        };
    }

    /// <summary>Comparison is by bytes: an ordinal argument says what happens anyway, any other would be a lie.</summary>
    private static bool IsOrdinal(MethodCallExpression call) =>
        call.Arguments.Count > 0 && CapturedValue.TryRead(call.Arguments[^1], out var comparison) && comparison is StringComparison.Ordinal;

    private static CallExpr? OfMath(MethodCallExpression call, TranslationVisitor visitor)
    {
        var function = call.Method.Name switch
        {
            nameof(Math.Abs) => FunctionNames.Abs,
            nameof(Math.Round) when call.Arguments.Count == 1 || call.Arguments[1].Type == typeof(int) => FunctionNames.Round,
            nameof(Math.Floor) => FunctionNames.Floor,
            nameof(Math.Ceiling) => FunctionNames.Ceiling,
            nameof(Math.Sqrt) => FunctionNames.Sqrt,
            nameof(Math.Sin) => FunctionNames.Sin,
            nameof(Math.Cos) => FunctionNames.Cos,
            nameof(Math.Exp) => FunctionNames.Exp,
            nameof(Math.Log) when call.Arguments.Count == 1 => FunctionNames.Log,
            nameof(Math.Pow) => FunctionNames.Pow,
            _ => null,
        };
        if (function is null)
            return null;
        IReadOnlyList<Expr> arguments = [.. call.Arguments.Select(visitor.Visit)];
        return new CallExpr(function, function == FunctionNames.Round && arguments.Count == 1 ? [arguments[0], 0] : arguments);
    }

    private static Expr? OfRegex(MethodCallExpression call, TranslationVisitor visitor)
    {
        if (call.Object is null)
            return call.Arguments.Count == 2 ? new CallExpr(FunctionNames.MatchesRegex, visitor.Visit(call.Arguments[0]), visitor.Visit(call.Arguments[1])) : null;
        return CapturedValue.TryRead(call.Object, out var regex) && regex is not null && call.Arguments.Count == 1
            ? visitor.Visit(call.Arguments[0]).MatchesRegex(regex.ToString()!)
            : null;
    }

    /// <summary>Membership in a captured array, list or set, also in the span form that C# 14 prefers for arrays.</summary>
    private static Expr? OfCollection(MethodCallExpression call, TranslationVisitor visitor)
    {
        var (collection, item) = call.Object is null ? (call.Arguments[0], call.Arguments[1]) : (call.Object, call.Arguments[0]);
        if (collection is MethodCallExpression { Method.Name: "op_Implicit" } span)
            collection = span.Arguments[0];
        if (visitor.DependsOnRow(collection) || !CapturedValue.TryRead(collection, out var values) || values is not IEnumerable items)
            return null;
        return visitor.Visit(item).IsIn(items.Cast<object?>());
    }

    private static Expr OfNullable(MethodCallExpression call, TranslationVisitor visitor)
    {
        var value = visitor.Visit(call.Object!);
        if (call.Arguments.Count == 1)
            return value.Coalesce(visitor.Visit(call.Arguments[0]));
        return CapturedValue.TryRead(LinqExpression.Default(call.Type), out var zero)
            ? value.Coalesce(new LiteralExpr(zero))
            : throw TranslationVisitor.Refuse(call, "give the default as an argument.");
    }
}
