using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Leaves the first rows out.</summary>
public sealed class SkipNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="rows">How many rows are left out; not negative.</param>
    public SkipNode(PlanNode input, long rows)
        : base(input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        Rows = rows;
    }

    /// <summary>How many rows are left out.</summary>
    public long Rows { get; }

    /// <inheritdoc/>
    public override string Operator => "skip";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new SkipNode(inputs[0], Rows);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("rows", Rows);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BoundSkip(this, context.Inputs);
    }
}
