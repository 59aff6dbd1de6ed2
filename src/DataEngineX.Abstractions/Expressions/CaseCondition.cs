namespace DataEngineX.Expressions;

/// <summary>A condition that waits for its value: what <see cref="Columns.When"/> gives.</summary>
public sealed class CaseCondition
{
    private readonly IReadOnlyList<Expr> _branches;
    private readonly Expr _condition;

    internal CaseCondition(IReadOnlyList<Expr> branches, Expr condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _branches = branches;
        _condition = condition;
    }

    /// <summary>The value where the condition is the first that is true.</summary>
    /// <param name="value">The value.</param>
    public CaseBranches Then(Expr value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new CaseBranches([.. _branches, _condition, value]);
    }
}
