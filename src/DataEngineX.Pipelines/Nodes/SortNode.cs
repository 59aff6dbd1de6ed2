using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Orders rows; rows with equal keys keep their order.</summary>
public sealed class SortNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="keys">The keys, most significant first.</param>
    public SortNode(PlanNode input, IReadOnlyList<OrderKey> keys)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
            throw new PlanException("At least one key is needed.", Operator);
        Keys = keys;
    }

    /// <summary>The keys, most significant first.</summary>
    public IReadOnlyList<OrderKey> Keys { get; }

    /// <inheritdoc/>
    public override string Operator => "sort";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new SortNode(inputs[0], Keys);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("keys", Keys.Select(k => k.ToString()));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BoundSort(this, context.Inputs);
    }
}
