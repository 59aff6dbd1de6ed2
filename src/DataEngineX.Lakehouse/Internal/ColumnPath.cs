using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Internal;

/// <summary>A column, or a field of a struct column by the names on the way to it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Fields">The fields, outermost first; none for the column itself.</param>
internal sealed record ColumnPath(string Column, IReadOnlyList<string> Fields)
{
    /// <summary>What an expression names, or null when it is no column and no field of one.</summary>
    internal static ColumnPath? Of(Expr expression)
    {
        var fields = new List<string>();
        while (expression is CallExpr { Function: FunctionNames.StructField, Children: [var structure, LiteralExpr { Value: string name }] })
        {
            fields.Insert(0, name);
            expression = structure;
        }

        return expression is ColumnExpr column ? new ColumnPath(column.Name, fields) : null;
    }

    /// <summary>All that a condition names.</summary>
    internal static IEnumerable<ColumnPath> In(Expr condition) => Of(condition) is { } path ? [path] : condition.Children.SelectMany(In);

    /// <summary>The expression that names it.</summary>
    internal Expr ToExpr() => Fields.Aggregate((Expr)new ColumnExpr(Column), (e, name) => new CallExpr(FunctionNames.StructField, e, new LiteralExpr(name)));
}
