using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Joins rows with equal keys. The right side is held in memory; the order of the left side is kept.</summary>
/// <remarks>Columns of the right side whose name the left side has too come out with the suffix <c>_right</c>; right key columns named like their left key are left out.</remarks>
public sealed class JoinNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="left">The left rows, streamed.</param>
    /// <param name="right">The right rows, held.</param>
    /// <param name="kind">Which rows are kept.</param>
    /// <param name="leftKeys">The keys over left columns.</param>
    /// <param name="rightKeys">The keys over right columns; as many.</param>
    public JoinNode(PlanNode left, PlanNode right, JoinKind kind, IReadOnlyList<Expr> leftKeys, IReadOnlyList<Expr> rightKeys)
        : base(left, right)
    {
        ArgumentNullException.ThrowIfNull(leftKeys);
        ArgumentNullException.ThrowIfNull(rightKeys);
        if (leftKeys.Count != rightKeys.Count || leftKeys.Count == 0)
            throw new PlanException($"A join needs as many keys left ({leftKeys.Count}) as right ({rightKeys.Count}), and at least one.", Operator);
        Kind = kind;
        LeftKeys = leftKeys;
        RightKeys = rightKeys;
    }

    /// <summary>Which rows are kept.</summary>
    public JoinKind Kind { get; }

    /// <summary>The keys over left columns.</summary>
    public IReadOnlyList<Expr> LeftKeys { get; }

    /// <summary>The keys over right columns.</summary>
    public IReadOnlyList<Expr> RightKeys { get; }

    /// <inheritdoc/>
    public override string Operator => "join";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new JoinNode(inputs[0], inputs[1], Kind, LeftKeys, RightKeys);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("kind", ColumnNames.Of(Kind.ToString()))
            .List("left", LeftKeys.Select(k => k.Canonical))
            .List("right", RightKeys.Select(k => k.Canonical));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundJoin.Create(this, context);
    }
}
