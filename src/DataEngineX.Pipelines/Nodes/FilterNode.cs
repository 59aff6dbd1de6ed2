using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Keeps the rows for which a condition is true; false and null drop a row.</summary>
public sealed class FilterNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="predicate">The condition.</param>
    public FilterNode(PlanNode input, Expr predicate)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        Predicate = predicate;
    }

    /// <summary>The condition.</summary>
    public Expr Predicate { get; }

    /// <inheritdoc/>
    public override string Operator => "filter";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new FilterNode(inputs[0], Predicate);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("predicate", Predicate);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BoundFilter(this, context.Inputs, context.BindPredicate(Predicate, context.Inputs[0].Schema));
    }
}
