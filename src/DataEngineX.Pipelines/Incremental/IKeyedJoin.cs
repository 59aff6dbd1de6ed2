using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>A bound join by keys, as far as an incremental read by key asks.</summary>
internal interface IKeyedJoin
{
    /// <summary>Which rows without a partner come out.</summary>
    JoinKind Kind { get; }

    /// <summary>The keys, pair by pair.</summary>
    IReadOnlyList<Expr> LeftKeys { get; }

    /// <summary>The keys of the right side.</summary>
    IReadOnlyList<Expr> RightKeys { get; }
}
