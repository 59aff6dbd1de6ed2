using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>All rows of all inputs, one input after the other; columns are matched by name, a missing one is null.</summary>
public sealed class UnionNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="inputs">The inputs in order; at least one.</param>
    public UnionNode(params IReadOnlyList<PlanNode> inputs)
        : base(inputs)
    {
        if (Inputs.Count == 0)
            throw new PlanException("At least one input is needed.", Operator);
    }

    /// <inheritdoc/>
    public override string Operator => "union";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs) => new UnionNode(inputs);

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundUnion.Create(this, context);
    }
}
