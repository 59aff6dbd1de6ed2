using System.Linq.Expressions;
using DataEngineX.Expressions;
using DataEngineX.Plans;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Builds typed pivots: one aggregate, or several that are members of a new row.</summary>
internal static class TypedPivot
{
    public static PivotNode Build(
        PlanNode input, LambdaExpression keys, LambdaExpression on, IReadOnlyList<Expr> values, LambdaExpression aggregates)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(on);
        ArgumentNullException.ThrowIfNull(aggregates);
        return new PivotNode(
            input, LambdaTranslator.Translate(on), values, [.. Aggregates(aggregates)], LambdaTranslator.TranslateKeys(keys));
    }

    private static IEnumerable<Aggregate> Aggregates(LambdaExpression lambda) => lambda.Body is NewExpression { Members: { } members } creation
        ? creation.Arguments.Select((a, i) => One(a, lambda).As(ColumnNames.Of(members[i])))
        : [One(lambda.Body, lambda)];

    private static Aggregate One(LinqExpression expression, LambdaExpression lambda) =>
        expression is MethodCallExpression call && call.Object == lambda.Parameters[0]
            ? TypedGroupBy.Aggregate(call)
            : throw new PlanException($"'{expression}' is not an aggregate: write g => g.Sum(r => r.X), or g => new {{ A = g.Sum(r => r.X), B = g.Count() }}.", "pivot");
}
