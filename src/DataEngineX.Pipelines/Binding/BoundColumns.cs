using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The output columns of a select: each an expression; columns passed through are expressions too.</summary>
internal sealed record BoundColumns(Schema Schema, IReadOnlyList<BoundExpression> Expressions)
{
    public static BoundColumns Bind(BindContext context, Schema input, IReadOnlyList<NamedExpr> columns, bool keepsInput)
    {
        var all = new List<NamedExpr>();
        if (keepsInput)
            all.AddRange(input.FieldsList.Select(f => new NamedExpr(f.Name, new ColumnExpr(f.Name))));
        foreach (var column in columns)
        {
            var index = keepsInput ? all.FindIndex(c => string.Equals(c.Name, column.Name, StringComparison.Ordinal)) : -1;
            if (index >= 0)
                all[index] = column;
            else
                all.Add(column);
        }

        BoundExpression[] bound = [.. all.Select(c => context.Bind(c.Expression, input))];
        return new BoundColumns(new Schema(all.Select((c, i) => FieldOf(c, bound[i])), null), bound);
    }

    public static Field FieldOf(NamedExpr column, BoundExpression bound) => bound.Type is Apache.Arrow.Types.NullType
        ? throw new PlanException($"The column '{column.Name}' is always null and has no type: cast it, as in Lit(null).Cast(type).", column: column.Name)
        : new Field(column.Name, bound.Type, bound.IsNullable);
}
