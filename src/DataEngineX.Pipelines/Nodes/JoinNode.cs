using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Joins rows with equal keys. One side is held, in memory or divided on disk; the other streams past it.</summary>
/// <remarks>
/// Columns of the right side whose name the left side has too come out with the suffix <c>_right</c>. A key that is a column of one name on both
/// sides comes out once: a right or full join takes it from the side that has the row. No order of the output is promised.
/// </remarks>
public sealed class JoinNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="left">The left rows.</param>
    /// <param name="right">The right rows.</param>
    /// <param name="kind">Which rows are kept.</param>
    /// <param name="leftKeys">The keys over left columns; none for a cross join.</param>
    /// <param name="rightKeys">The keys over right columns; as many.</param>
    /// <param name="condition">What must hold for two rows beside equal keys, over the columns that an inner join would give; null for nothing.</param>
    public JoinNode(
        PlanNode left, PlanNode right, JoinKind kind, IReadOnlyList<Expr> leftKeys, IReadOnlyList<Expr> rightKeys, Expr? condition = null)
        : base(left, right)
    {
        ArgumentNullException.ThrowIfNull(leftKeys);
        ArgumentNullException.ThrowIfNull(rightKeys);
        if (kind == JoinKind.Cross && leftKeys.Count + rightKeys.Count > 0)
            throw new PlanException("A cross join has no keys: use an inner join.", Operator);
        if (kind != JoinKind.Cross && (leftKeys.Count != rightKeys.Count || leftKeys.Count == 0))
            throw new PlanException($"A join needs as many keys left ({leftKeys.Count}) as right ({rightKeys.Count}), and at least one.", Operator);
        Kind = kind;
        LeftKeys = leftKeys;
        RightKeys = rightKeys;
        Condition = condition;
    }

    /// <summary>Which rows are kept.</summary>
    public JoinKind Kind { get; }

    /// <summary>The keys over left columns.</summary>
    public IReadOnlyList<Expr> LeftKeys { get; }

    /// <summary>The keys over right columns.</summary>
    public IReadOnlyList<Expr> RightKeys { get; }

    /// <summary>What must hold for two rows beside equal keys; null for nothing.</summary>
    public Expr? Condition { get; }

    /// <summary>The side that is held; it changes how fast the join is and not what it gives.
    /// <value>Default: null, the engine holds the right side unless it knows that the left one is much smaller.</value></summary>
    public JoinSide? BuildSide { get; init; }

    /// <inheritdoc/>
    public override string Operator => "join";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new JoinNode(inputs[0], inputs[1], Kind, LeftKeys, RightKeys, Condition) { BuildSide = BuildSide };
    }

    /// <summary>The same join that holds a side.</summary>
    internal JoinNode With(JoinSide buildSide) => new(Inputs[0], Inputs[1], Kind, LeftKeys, RightKeys, Condition) { BuildSide = buildSide };

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("kind", ColumnNames.Of(Kind.ToString()))
            .List("left", LeftKeys.Select(k => k.Canonical))
            .List("right", RightKeys.Select(k => k.Canonical))
            .Field("condition", Condition);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundJoin.Create(this, context);
    }
}
