using DataEngineX.Plans;

namespace DataEngineX.Expressions;

/// <summary>An expression and the name of the column it gives.</summary>
/// <param name="Name">The output column.</param>
/// <param name="Expression">The expression.</param>
public sealed record NamedExpr(string Name, Expr Expression)
{
    /// <summary>A column under its own name.</summary>
    /// <param name="column">The column.</param>
    public static implicit operator NamedExpr(ColumnExpr column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new NamedExpr(column.Name, column);
    }

    /// <summary>A column under its own name.</summary>
    /// <param name="column">The column name.</param>
    public static implicit operator NamedExpr(string column) => new(column, new ColumnExpr(column));

    /// <summary>A column under its own name; any other expression must be named with <see cref="Expr.As"/>.</summary>
    /// <param name="expression">A <see cref="ColumnExpr"/>.</param>
    public static implicit operator NamedExpr(Expr expression) => expression is ColumnExpr column
        ? new NamedExpr(column.Name, column)
        : throw new PlanException($"The expression {expression?.Canonical} needs an output name: write .As(\"name\") after it.");

    /// <summary>The canonical text.</summary>
    public override string ToString() => $"(as {CanonicalWriter.Quote(Name)} {Expression.Canonical})";
}
