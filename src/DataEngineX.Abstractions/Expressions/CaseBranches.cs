using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Expressions;

/// <summary>Conditions and values in order, to be ended by <see cref="Otherwise"/>; without it the rest is null.</summary>
public sealed class CaseBranches
{
    private readonly IReadOnlyList<Expr> _branches;

    internal CaseBranches(IReadOnlyList<Expr> branches) => _branches = branches;

    /// <summary>Adds a condition, asked where none before it is true.</summary>
    /// <param name="condition">A boolean; null counts as false.</param>
    public CaseCondition When(Expr condition) => new(_branches, condition);

    /// <summary>The value where no condition is true.</summary>
    /// <param name="value">The value.</param>
    public Expr Otherwise(Expr value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new CallExpr(_branches.Count == 2 ? FunctionNames.If : FunctionNames.Case, [.. _branches, value]);
    }

    /// <summary>Null where no condition is true.</summary>
    /// <param name="branches">The conditions and values.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The named form is Otherwise.")]
    public static implicit operator Expr(CaseBranches branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        return branches.Otherwise(new LiteralExpr(null));
    }
}
