using DataEngineX.Plans;

namespace DataEngineX.Expressions;

/// <summary>The value of a column of the input row.</summary>
public sealed class ColumnExpr : Expr
{
    /// <summary>Creates the node.</summary>
    /// <param name="name">The column name, matched exactly.</param>
    public ColumnExpr(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The column name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [];

    /// <inheritdoc/>
    public override Expr WithChildren(IReadOnlyList<Expr> children) => this;

    private protected override string WriteCanonical() => $"(col {CanonicalWriter.Quote(Name)})";
}
