using System.Collections;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates method calls, by the type that declares the method.</summary>
internal static class MethodTranslator
{
    public static Expr Translate(MethodCallExpression call, TranslationVisitor visitor)
    {
        var type = call.Method.DeclaringType;
        return (type == typeof(Sql) ? SqlTranslator.Translate(call, visitor) : null)
            ?? (type == typeof(string) ? TextTranslator.Method(call, visitor) : null)
            ?? (MathTranslator.IsNumber(type) ? MathTranslator.Translate(call, visitor) : null)
            ?? (type is not null && TimeTranslator.IsTime(type) ? TimeTranslator.Method(call, visitor) : null)
            ?? (type == typeof(Regex) ? TextTranslator.OfRegex(call, visitor) : null)
            ?? (call.Method.Name == "Contains" ? OfCollection(call, visitor) : null)
            ?? (call.Method.Name == "get_Item" && call.Arguments.Count == 1 && IsList(call.Object!.Type)
                ? visitor.Visit(call.Object).ElementAt(visitor.Visit(call.Arguments[0])) : null)
            ?? (call.Method.Name == "GetValueOrDefault" && call.Object is not null ? OfNullable(call, visitor) : null)
            ?? (call.Method.Name == nameof(Enum.HasFlag) && type == typeof(Enum) ? HasFlag(call, visitor) : null)
            ?? Plain(call, visitor)
            ?? throw TranslationVisitor.Refuse(call, $"the method {type?.Name}.{call.Method.Name} has no column form; see docs/expressions.md for those that have.");
    }

    /// <summary>Lists of values, as opposed to texts.</summary>
    public static bool IsList(Type type) => type.IsArray || (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type));

    private static Expr? Plain(MethodCallExpression call, TranslationVisitor visitor) => (call.Method.Name, call.Arguments.Count) switch
    {
        ("Equals", 1) when call.Object is not null => visitor.Visit(call.Object) == visitor.Visit(call.Arguments[0]),
        ("Equals", 2) when call.Method.DeclaringType == typeof(object) => visitor.Visit(call.Arguments[0]) == visitor.Visit(call.Arguments[1]),
        ("ToString", 0) when MathTranslator.IsNumber(Nullable.GetUnderlyingType(call.Object!.Type) ?? call.Object.Type) =>
            visitor.Visit(call.Object).Cast(StringType.Default),
        _ => null,
    };

    private static Expr HasFlag(MethodCallExpression call, TranslationVisitor visitor)
    {
        var flag = visitor.Visit(call.Arguments[0]);
        return visitor.Visit(call.Object!).BitAnd(flag) == flag;
    }

    /// <summary>Membership in a captured array, list or set, also in the span form that C# 14 prefers for arrays, or in a list column.</summary>
    private static Expr? OfCollection(MethodCallExpression call, TranslationVisitor visitor)
    {
        if (call.Arguments.Count != (call.Object is null ? 2 : 1) && !IsDefaultComparer(call))
            return null;
        var (collection, item) = call.Object is null ? (call.Arguments[0], call.Arguments[1]) : (call.Object, call.Arguments[0]);
        if (collection is MethodCallExpression { Method.Name: "op_Implicit" or "AsSpan" } span)
            collection = span.Arguments[0];
        if (visitor.DependsOnRow(collection))
            return IsList(collection.Type) ? visitor.Visit(collection).ListContains(visitor.Visit(item)) : null;
        return CapturedValue.TryRead(collection, out var values) && values is IEnumerable items
            ? visitor.Visit(item).IsIn(items.Cast<object?>())
            : null;
    }

    private static bool IsDefaultComparer(MethodCallExpression call) =>
        call.Object is null && call.Arguments.Count == 3 && CapturedValue.TryRead(call.Arguments[2], out var comparer) && comparer is null;

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
