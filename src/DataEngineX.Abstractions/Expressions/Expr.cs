namespace DataEngineX.Expressions;

/// <summary>A node of an expression tree over the columns of a flow. Immutable; equal when the canonical text is equal.</summary>
/// <remarks>
/// Typed lambdas and <c>Col("name")</c> build the same nodes. The operators <c>==</c> and <c>!=</c> build comparisons;
/// use <see cref="Equals(object?)"/> to compare trees.
/// </remarks>
public abstract partial class Expr
{
    private string? _canonical;

    private protected Expr()
    {
    }

    /// <summary>The canonical text: one spelling for equal trees, used for equality and fingerprints.</summary>
    public string Canonical => _canonical ??= WriteCanonical();

    /// <summary>The direct sub-expressions, in order.</summary>
    public abstract IReadOnlyList<Expr> Children { get; }

    /// <summary>The same node over other sub-expressions.</summary>
    /// <param name="children">As many as <see cref="Children"/>.</param>
    public abstract Expr WithChildren(IReadOnlyList<Expr> children);

    /// <summary>Rebuilds the tree bottom-up, replacing each node by what <paramref name="rewrite"/> returns for it.</summary>
    /// <param name="rewrite">Gets a node whose children are rewritten already.</param>
    public Expr Rewrite(Func<Expr, Expr> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        if (Children.Count == 0)
            return rewrite(this);
        var children = new Expr[Children.Count];
        var changed = false;
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = Children[i].Rewrite(rewrite);
            changed |= !ReferenceEquals(children[i], Children[i]);
        }

        return rewrite(changed ? WithChildren(children) : this);
    }

    /// <summary>The names of all columns read, each once, in order of first appearance.</summary>
    public IReadOnlyList<string> ColumnNames()
    {
        var names = new List<string>();
        Collect(this, names);
        return names;

        static void Collect(Expr expr, List<string> names)
        {
            if (expr is ColumnExpr column && !names.Contains(column.Name, StringComparer.Ordinal))
                names.Add(column.Name);
            foreach (var child in expr.Children)
                Collect(child, names);
        }
    }

    /// <summary>Whether both trees have the same canonical text.</summary>
    /// <param name="obj">The other tree.</param>
    public override bool Equals(object? obj) => obj is Expr other && string.Equals(Canonical, other.Canonical, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Canonical.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Canonical;

    private protected abstract string WriteCanonical();
}
