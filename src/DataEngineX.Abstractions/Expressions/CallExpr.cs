namespace DataEngineX.Expressions;

/// <summary>A function or operator applied to arguments; <see cref="FunctionNames"/> lists the names.</summary>
public sealed class CallExpr : Expr
{
    /// <summary>Creates the node.</summary>
    /// <param name="function">A name from <see cref="FunctionNames"/>.</param>
    /// <param name="arguments">The arguments in order.</param>
    public CallExpr(string function, params IReadOnlyList<Expr> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        ArgumentNullException.ThrowIfNull(arguments);
        Function = function;
        Children = arguments;
    }

    /// <summary>The function name.</summary>
    public string Function { get; }

    /// <summary>The arguments in order.</summary>
    public override IReadOnlyList<Expr> Children { get; }

    /// <inheritdoc/>
    public override Expr WithChildren(IReadOnlyList<Expr> children) => new CallExpr(Function, children);

    private protected override string WriteCanonical() =>
        Children.Count == 0 ? $"({Function})" : $"({Function} {string.Join(' ', Children.Select(c => c.Canonical))})";
}
