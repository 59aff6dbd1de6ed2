using System.Linq.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Builds typed explodes: the new row is selected from the row and the items.</summary>
internal static class TypedExplode
{
    public static Flow<TResult> Build<TResult>(PlanNode input, IReadOnlyList<LambdaExpression> lists, LambdaExpression row, bool keepEmpty)
    {
        ArgumentNullException.ThrowIfNull(row);
        string[] names = [.. lists.SelectMany(ColumnNames.Of)];
        new ListFinder(row.Parameters[0], names).Visit(row.Body);
        return new Flow<TResult>(new SelectNode(new ExplodeNode(input, names, keepEmpty), new RowItems(row, names).Translate()));
    }

    /// <summary>Refuses the list itself in the new row, where its column holds items.</summary>
    private sealed class ListFinder(System.Linq.Expressions.ParameterExpression row, string[] names) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression == row && Array.IndexOf(names, ColumnNames.Of(node.Member)) >= 0
                ? throw new PlanException(
                    $"'{node}' is the list whose items become rows: use the item, or keep the list under a second name with Select before.",
                    "explode", ColumnNames.Of(node.Member))
                : base.VisitMember(node);
    }
}
