using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Where a condition on one column, known only while the plan runs, arrives at sources that skip by conditions. It goes where a condition of the
/// plan may go, so never below a limit or an order's top, and only as long as it is about a plain column.
/// </summary>
internal static class FilterPath
{
    /// <summary>The scans below a node that a condition on a column of it reaches, and the name of the column there.</summary>
    public static IEnumerable<(BoundScan Scan, string Column)> From(BoundNode node, string column)
    {
        if (node is BoundScan scan)
            return scan.Scan.Source.SupportsPredicate ? [(scan, column)] : [];
        return node.Inputs.SelectMany((input, i) => Below(node, column, i) is { } name ? From(input, name) : []);
    }

    private static string? Below(BoundNode node, string column, int input) =>
        node.PushDown(new ColumnExpr(column).IsNotNull(), input) is CallExpr { Function: FunctionNames.IsNotNull, Children: [ColumnExpr below] } ? below.Name : null;
}
