using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Tells each scan what it may skip by: the conditions above it, and how many rows will be used. Both stay where they are as well.</summary>
internal static class ScanHints
{
    public static PlanNode Apply(BoundNode root, IReadOnlyDictionary<BatchSource, SourceSize> sizes) => Rebuild(root, [], null, sizes);

    private static PlanNode Rebuild(BoundNode node, IReadOnlyList<Expr> conditions, long? limit, IReadOnlyDictionary<BatchSource, SourceSize> sizes)
    {
        if (node is BoundScan scan)
        {
            return scan.Scan.With(
                predicate: conditions.Count > 0 && scan.Scan.Source.SupportsPredicate ? Conjuncts.Join(conditions) : null,
                rowLimit: limit,
                size: sizes.GetValueOrDefault(scan.Scan.Source));
        }

        var inputs = new PlanNode[node.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var below = conditions.Select(c => node.PushDown(c, i)).Where(c => c is not null).Select(c => c!).ToList();
            if (node.Node is FilterNode filter)
                below.AddRange(Conjuncts.Of(filter.Predicate));
            inputs[i] = Rebuild(node.Inputs[i], below, LimitBelow(node, limit), sizes);
        }

        return inputs.Length == 0 ? node.Node : node.Node.WithInputs(inputs);
    }

    /// <summary>A limit reaches the scan only where every row of it becomes one row.</summary>
    private static long? LimitBelow(BoundNode node, long? limit) => node.Node switch
    {
        LimitNode own => Math.Min(own.Rows, limit ?? long.MaxValue),
        SelectNode => limit,
        UnionNode => limit,
        SkipNode skip => limit <= long.MaxValue - skip.Rows ? limit + skip.Rows : null,
        _ => null,
    };
}
