using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A join with everything resolved, and which side is held.</summary>
internal sealed record JoinPlan(
    JoinKind Kind,
    bool BuildsLeft,
    Schema Schema,
    IReadOnlyList<Schema> Inputs,
    IReadOnlyList<IReadOnlyList<BoundExpression>> Keys,
    IReadOnlyList<JoinColumn> Columns,
    JoinCondition? Condition)
{
    /// <summary>Which of the rows of equal keys is the partner, for an as-of join; the last key of each side is then its time.</summary>
    public AsOfRule? AsOf { get; init; }

    /// <summary>The input that is held.</summary>
    public int BuildInput => BuildsLeft ? 0 : 1;

    /// <summary>The input that streams.</summary>
    public int ProbeInput => 1 - BuildInput;

    public IReadOnlyList<BoundExpression> BuildKeys => Keys[BuildInput];

    public IReadOnlyList<BoundExpression> ProbeKeys => Keys[ProbeInput];

    /// <summary>Whether only the left side's rows come out, each at most once.</summary>
    public bool IsSemiOrAnti => Kind is JoinKind.Semi or JoinKind.Anti;

    /// <summary>Whether rows of the streamed side without a partner come out.</summary>
    public bool KeepsProbe => Kind == JoinKind.Full || Kind == (BuildsLeft ? JoinKind.Right : JoinKind.Left);

    /// <summary>Whether rows of the held side without a partner come out.</summary>
    public bool KeepsBuild => Kind == JoinKind.Full || Kind == (BuildsLeft ? JoinKind.Left : JoinKind.Right);

    /// <summary>Whether it must be known at the end which held rows found a partner.</summary>
    public bool MarksBuild => KeepsBuild || (IsSemiOrAnti && BuildsLeft);
}
