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
        return context.Inputs[0] switch
        {
            BoundSort sort when Rows <= BoundTop.MostRows => Top(sort, Rows),
            BoundSkip { Node: SkipNode skip, Inputs: [BoundSort sort] } when Rows <= BoundTop.MostRows && skip.Rows <= BoundTop.MostRows - Rows =>
                Skipped(skip, Top(sort, skip.Rows + Rows)),
            _ => new BoundLimit(this, context.Inputs),
        };
    }

    private static BoundTop Top(BoundSort sort, long rows)
    {
        var node = (SortNode)sort.Node;
        return new BoundTop(new TopNode(node.Inputs[0], node.Keys, (int)rows), sort.Inputs);
    }

    /// <summary>Rows left out of an order are held with those that are taken.</summary>
    private static BoundSkip Skipped(SkipNode skip, BoundTop top) => new(new SkipNode(top.Node, skip.Rows), [top]);
}
