using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The first rows; the input is not read further than needed.</summary>
public sealed class LimitNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="rows">How many rows at most; not negative.</param>
    public LimitNode(PlanNode input, long rows)
        : base(input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        Rows = rows;
    }

    /// <summary>How many rows at most.</summary>
    public long Rows { get; }

    /// <inheritdoc/>
    public override string Operator => "limit";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new LimitNode(inputs[0], Rows);
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
        return context.Inputs[0] is BoundSort { Node: SortNode sort } bound && Rows <= BoundTop.MostRows
            ? new BoundTop(new TopNode(sort.Inputs[0], sort.Keys, (int)Rows), bound.Inputs)
            : new BoundLimit(this, context.Inputs);
    }
}
