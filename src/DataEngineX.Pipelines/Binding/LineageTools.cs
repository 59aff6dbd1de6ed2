using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Lineage of expressions and of columns passed through.</summary>
internal static class LineageTools
{
    public static NodeLineage PassThrough(IEnumerable<string> columns, IReadOnlyList<LineageEdge>? indirect = null)
    {
        var edges = new Dictionary<string, IReadOnlyList<LineageEdge>>(StringComparer.Ordinal);
        foreach (var column in columns)
            edges[column] = [new LineageEdge(0, column, LineageKind.Identity)];
        return new NodeLineage(edges, indirect ?? []);
    }

    public static IReadOnlyList<LineageEdge> OfExpression(Expr expression, int input = 0)
    {
        if (expression is ColumnExpr column)
            return [new LineageEdge(input, column.Name, LineageKind.Identity)];
        var edges = new List<LineageEdge>();
        Collect(expression, LineageKind.Transformation, input, edges);
        return edges;
    }

    public static IReadOnlyList<LineageEdge> Indirect(Expr expression, LineageKind kind, int input = 0) =>
        [.. expression.ColumnNames().Select(c => new LineageEdge(input, c, kind))];

    private static void Collect(Expr expression, LineageKind kind, int input, List<LineageEdge> edges)
    {
        if (expression is ColumnExpr column)
        {
            var edge = new LineageEdge(input, column.Name, kind);
            if (!edges.Contains(edge))
                edges.Add(edge);
            return;
        }

        for (var i = 0; i < expression.Children.Count; i++)
        {
            var isCondition = i == 0 && expression is CallExpr { Function: FunctionNames.If };
            Collect(expression.Children[i], isCondition ? LineageKind.Conditional : kind, input, edges);
        }
    }
}
