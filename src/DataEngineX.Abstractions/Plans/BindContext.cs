using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX.Plans;

/// <summary>What a node may use while it binds.</summary>
public abstract class BindContext
{
    /// <summary>The bound inputs, in the order of <see cref="PlanNode.Inputs"/>.</summary>
    public abstract IReadOnlyList<BoundNode> Inputs { get; }

    /// <summary>Resolves an expression against a schema: columns to ordinals, literals and casts to types.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="schema">The schema of the rows it will see.</param>
    /// <exception cref="PlanException">It names the column or sub-expression, and the types that do not fit.</exception>
    public abstract BoundExpression Bind(Expr expression, Schema schema);

    /// <summary>Resolves a condition, which must be boolean.</summary>
    /// <param name="expression">The condition.</param>
    /// <param name="schema">The schema of the rows it will see.</param>
    public abstract BoundExpression BindPredicate(Expr expression, Schema schema);

    /// <summary>The schema of a source: as read before binding, or as its upstream pipeline will make it.</summary>
    /// <param name="source">A source of this plan.</param>
    public abstract Schema SchemaOf(BatchSource source);
}
