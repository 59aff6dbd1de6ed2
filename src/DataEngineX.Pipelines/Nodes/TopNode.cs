using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The first rows of an order: a limit above a sort becomes this, which holds few rows instead of all.</summary>
public sealed class TopNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="keys">The keys, most significant first.</param>
    /// <param name="rows">How many rows at most; at least 0.</param>
    public TopNode(PlanNode input, IReadOnlyList<OrderKey> keys, int rows)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (keys.Count == 0)
            throw new PlanException("At least one key is needed.", Operator);
        Keys = keys;
        Rows = rows;
    }

    /// <summary>The keys, most significant first.</summary>
    public IReadOnlyList<OrderKey> Keys { get; }

    /// <summary>How many rows at most.</summary>
    public int Rows { get; }

    /// <inheritdoc/>
    public override string Operator => "top";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new TopNode(inputs[0], Keys, Rows);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("keys", Keys.Select(k => k.ToString())).Field("rows", Rows);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BoundTop(this, context.Inputs);
    }
}
