using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Gives each left row the right row of equal keys whose time is nearest in a direction, at most one.</summary>
/// <remarks>
/// A null key, a null time and a NaN match nothing. Of several right rows of the same time the last one in the order of the input is taken.
/// The right side is held, in memory or ordered on disk together with the left one. Names of the output are those of <see cref="JoinNode"/>.
/// </remarks>
public sealed class AsOfJoinNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="left">The left rows.</param>
    /// <param name="right">The right rows.</param>
    /// <param name="kind"><see cref="JoinKind.Inner"/>, or <see cref="JoinKind.Left"/> to keep left rows without a partner.</param>
    /// <param name="leftKeys">Keys over left columns that must be equal; may be none.</param>
    /// <param name="rightKeys">Keys over right columns; as many.</param>
    /// <param name="leftTime">The time of a left row: a number, date, time, timestamp or duration.</param>
    /// <param name="rightTime">The time of a right row, comparable with it.</param>
    public AsOfJoinNode(
        PlanNode left, PlanNode right, JoinKind kind, IReadOnlyList<Expr> leftKeys, IReadOnlyList<Expr> rightKeys, Expr leftTime, Expr rightTime)
        : base(left, right)
    {
        ArgumentNullException.ThrowIfNull(leftKeys);
        ArgumentNullException.ThrowIfNull(rightKeys);
        ArgumentNullException.ThrowIfNull(leftTime);
        ArgumentNullException.ThrowIfNull(rightTime);
        if (kind is not (JoinKind.Inner or JoinKind.Left))
            throw new PlanException($"An as-of join is inner or left, not {ColumnNames.Of(kind.ToString())}.", Operator);
        if (leftKeys.Count != rightKeys.Count)
            throw new PlanException($"An as-of join needs as many keys left ({leftKeys.Count}) as right ({rightKeys.Count}).", Operator);
        Kind = kind;
        LeftKeys = leftKeys;
        RightKeys = rightKeys;
        LeftTime = leftTime;
        RightTime = rightTime;
    }

    /// <summary>Whether left rows without a partner are kept.</summary>
    public JoinKind Kind { get; }

    /// <summary>The keys over left columns.</summary>
    public IReadOnlyList<Expr> LeftKeys { get; }

    /// <summary>The keys over right columns.</summary>
    public IReadOnlyList<Expr> RightKeys { get; }

    /// <summary>The time of a left row.</summary>
    public Expr LeftTime { get; }

    /// <summary>The time of a right row.</summary>
    public Expr RightTime { get; }

    /// <summary>Where to look. <value>Default: <see cref="AsOfDirection.Backward"/>.</value></summary>
    public AsOfDirection Direction { get; init; }

    /// <summary>Whether a right row of the very time of the left row matches. <value>Default: true.</value></summary>
    public bool AllowExactMatches { get; init; } = true;

    /// <summary>The most that the times may be apart, inclusive: a <see cref="TimeSpan"/> literal for times, a number for numbers.
    /// <value>Default: null, any distance.</value></summary>
    public Expr? Tolerance { get; init; }

    /// <inheritdoc/>
    public override string Operator => "as_of_join";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new AsOfJoinNode(inputs[0], inputs[1], Kind, LeftKeys, RightKeys, LeftTime, RightTime)
        {
            Direction = Direction,
            AllowExactMatches = AllowExactMatches,
            Tolerance = Tolerance,
        };
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("kind", ColumnNames.Of(Kind.ToString()))
            .Field("direction", ColumnNames.Of(Direction.ToString()))
            .Field("exact", AllowExactMatches ? null : "no")
            .List("left", LeftKeys.Select(k => k.Canonical))
            .List("right", RightKeys.Select(k => k.Canonical))
            .Field("left_time", LeftTime)
            .Field("right_time", RightTime)
            .Field("tolerance", Tolerance);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundAsOfJoin.Create(this, context);
    }
}
