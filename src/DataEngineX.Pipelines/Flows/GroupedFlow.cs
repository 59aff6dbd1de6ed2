using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Groups of rows, waiting for their aggregates.</summary>
public sealed class GroupedFlow
{
    private readonly PlanNode _input;
    private readonly IReadOnlyList<NamedExpr> _keys;

    internal GroupedFlow(PlanNode input, IReadOnlyList<NamedExpr> keys)
    {
        _input = input;
        _keys = keys;
    }

    /// <summary>Folds each group into one row: its keys, then the aggregates.</summary>
    /// <param name="aggregates">The aggregates.</param>
    public Flow Aggregate(params IReadOnlyList<Aggregate> aggregates) => new(new GroupByNode(_input, _keys, aggregates));
}
