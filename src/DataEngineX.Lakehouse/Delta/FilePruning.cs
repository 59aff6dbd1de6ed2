using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Tells from statistics that no row of a file can satisfy a condition.</summary>
internal static class FilePruning
{
    /// <summary>False only when it is certain that the condition is true for no row.</summary>
    internal static bool MayMatch(DataFile file, Schema schema, Expr condition)
    {
        if (condition is not CallExpr call)
            return condition is not LiteralExpr { Value: false };
        return call.Function switch
        {
            FunctionNames.And => call.Children.All(c => MayMatch(file, schema, c)),
            FunctionNames.Or => call.Children.Any(c => MayMatch(file, schema, c)),
            FunctionNames.IsNull => Bounds(file, schema, call.Children[0]) is not { NullCount: 0 },
            FunctionNames.IsNotNull => Bounds(file, schema, call.Children[0]) is not { IsAllNull: true },
            FunctionNames.In => call.Children.Skip(1).Any(value => Compare(file, schema, FunctionNames.Equal, call.Children[0], value)),
            FunctionNames.Equal or FunctionNames.Less or FunctionNames.LessOrEqual or FunctionNames.Greater or FunctionNames.GreaterOrEqual =>
                call.Children is [LiteralExpr, ColumnExpr]
                    ? Compare(file, schema, Mirror(call.Function), call.Children[1], call.Children[0])
                    : Compare(file, schema, call.Function, call.Children[0], call.Children[1]),
            _ => true,
        };
    }

    private static bool Compare(DataFile file, Schema schema, string function, Expr column, Expr literal)
    {
        if (Bounds(file, schema, column) is not { } bounds || literal is not LiteralExpr { Value: { } clr })
            return true;
        if (bounds.IsAllNull)
            return false;
        if (StatValues.FromClr(schema.GetFieldByName(((ColumnExpr)column).Name), clr) is not { } value)
            return true;
        var low = bounds.Min is { } min ? StatValues.Compare(min, value) : -1;
        var high = bounds.Max is { } max ? StatValues.Compare(max, value) : 1;
        return function switch
        {
            FunctionNames.Equal => low <= 0 && high >= 0,
            FunctionNames.Less => low < 0,
            FunctionNames.LessOrEqual => low <= 0,
            FunctionNames.Greater => high > 0,
            _ => high >= 0,
        };
    }

    private static StatBounds? Bounds(DataFile file, Schema schema, Expr expression) =>
        expression is ColumnExpr column && schema.GetFieldByName(column.Name) is { } field ? StatBounds.Of(file, field) : null;

    private static string Mirror(string function) => function switch
    {
        FunctionNames.Less => FunctionNames.Greater,
        FunctionNames.LessOrEqual => FunctionNames.GreaterOrEqual,
        FunctionNames.Greater => FunctionNames.Less,
        FunctionNames.GreaterOrEqual => FunctionNames.LessOrEqual,
        _ => function,
    };
}
