using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Makes a flow bring one row of each key, where that is enough for its target to hold one row of each.</summary>
internal static class TargetKeys
{
    /// <summary>The flow with one row of each key.</summary>
    /// <param name="node">The flow.</param>
    /// <param name="target">Where it ends.</param>
    /// <param name="key">The key columns.</param>
    /// <exception cref="PlanException">No key is named, or the target would hold other rows of a key as well.</exception>
    public static PlanNode Distinct(PlanNode node, PipelineTarget target, IReadOnlyList<string> key)
    {
        if (key.Count == 0 || key.Any(string.IsNullOrEmpty))
            throw new PlanException($"The key of {target.Dataset} needs at least one column, and each of them a name.");
        var others = target is DispositionTarget table ? table.WhySeveralOf(key) : target.OnlyAppends ? "what is there stays beside the new rows" : null;
        if (others is not null)
            throw new PlanException($"{target.Dataset} would hold several rows of a key ({target.Disposition}): {others}.");
        return IsDistinct(node, key) ? node : new DistinctNode(node, key) { KeepsLast = true, IsOfRun = target is DispositionTarget { SeesToOtherRuns: true } };
    }

    /// <summary>Whether the plan shows already that no two rows have one key: there is nothing to do then.</summary>
    private static bool IsDistinct(PlanNode node, IReadOnlyList<string> key) => node switch
    {
        DistinctNode { Keys.Count: > 0 } distinct => distinct.Keys.All(key.Contains),
        FilterNode or SortNode or LimitNode => IsDistinct(node.Inputs[0], key),
        _ => false,
    };
}
