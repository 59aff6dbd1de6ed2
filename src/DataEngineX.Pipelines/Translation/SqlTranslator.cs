using System.Linq.Expressions;
using System.Reflection;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates calls of <see cref="Sql"/>.</summary>
internal static class SqlTranslator
{
    public static Expr? Translate(MethodCallExpression call, TranslationVisitor visitor)
    {
        if (call.Method.GetCustomAttribute<SqlFunctionAttribute>() is { } function)
            return new CallExpr(function.Name, [.. call.Arguments.SelectMany(a => Arguments(a, visitor))]);
        var type = ArrowTypes.FromClr(call.Method.ReturnType);
        return new CastExpr(visitor.Visit(call.Arguments[0]), type, isTry: call.Method.Name == nameof(Sql.TryCast));
    }

    private static IEnumerable<Expr> Arguments(LinqExpression argument, TranslationVisitor visitor) => argument switch
    {
        NewArrayExpression array => array.Expressions.Select(visitor.Visit),
        _ when argument.Type == typeof(CalendarUnit) => [UnitOf(argument)],
        _ => [visitor.Visit(argument)],
    };

    private static Expr UnitOf(LinqExpression argument) => CapturedValue.TryRead(argument, out var unit) && unit is not null
        ? Expr.NameOf((CalendarUnit)unit)
        : throw TranslationVisitor.Refuse(argument, "the unit must be a constant.");
}
