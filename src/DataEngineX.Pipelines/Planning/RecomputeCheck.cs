using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Refuses what would make an incremental run differ from a full one.</summary>
internal static class RecomputeCheck
{
    /// <summary>Checks a plan against its target.</summary>
    /// <param name="root">The plan.</param>
    /// <param name="target">The target.</param>
    /// <param name="isKeyed">Whether the plan brings one row of each key of the target.</param>
    /// <returns>The columns of the target by which an incremental run replaces rows; null when it only adds new ones.</returns>
    public static IReadOnlyList<string>? Demand(BoundNode root, PipelineTarget target, bool isKeyed)
    {
        if (KeyTrace.Demand(root) is { } key)
        {
            return target.ReplacesInPart
                ? key
                : throw new PlanException(
                    $"an incremental read by key replaces the rows of changed keys, but the target {target.Disposition}s: end the pipeline in ReplaceTable.", "scan");
        }

        DemandRowLocal(root);
        if (target.OnlyAppends && Repeated(root) is { } full)
        {
            throw new PlanException(
                $"{full} is read in full and the target appends, so that a run would append again what earlier runs did: read what is new, with Incremental(), or end the pipeline in a target that replaces or upserts.", "scan");
        }

        if (target.ReplacesInPart && PlanWalk.Nodes(root).OfType<BoundScan>().Any(s => s.Scan.IsIncremental))
        {
            throw new PlanException(
                "an incremental read of new rows alone would leave the target with these only: read the table by key, as Incremental(by: ...), or in full.", "scan");
        }

        // Other sources may bring all rows of what changed; a table brings those that came.
        if (target is DispositionTarget table && table.WhyNotNewRows(isKeyed) is { } why
            && PlanWalk.Nodes(root).OfType<BoundScan>().Any(s => s.Scan is { IsIncremental: true, Source: TableSource or ReplaySource }))
        {
            throw new PlanException($"an incremental read of new rows alone {why}.", "scan");
        }

        return null;
    }

    /// <summary>
    /// A source whose rows come out as they are, all of them in each run, though it could tell which are new; null when there is none. Tables are left out: a
    /// table of the house read in full is one state of it, and to append states is a way to keep them.
    /// </summary>
    private static DatasetId? Repeated(BoundNode node) => node switch
    {
        BoundScan { Scan: { IsIncremental: false, Source: { SupportsIncremental: true } source } } => source is TableSource ? null : source.Dataset,
        { Recompute.Kind: RecomputeKind.RowLocal } => node.Inputs.Select(Repeated).FirstOrDefault(d => d is not null),
        { Recompute.Kind: RecomputeKind.ThisRun } when HasColumnsOf(node, node.Inputs[0]) => Repeated(node.Inputs[0]),
        _ => null,
    };

    private static bool HasColumnsOf(BoundNode node, BoundNode input) =>
        node.Schema.FieldsList.Select(f => f.Name).SequenceEqual(input.Schema.FieldsList.Select(f => f.Name), StringComparer.Ordinal);

    private static void DemandRowLocal(BoundNode root)
    {
        if (root.Recompute.Kind is RecomputeKind.WholeInput or RecomputeKind.AffectedKeys && PlanWalk.Nodes(root).OfType<BoundScan>().Any(s => s.Scan.IsIncremental))
        {
            throw new PlanException(
                "above an incremental read this operator would see new rows only, and its result would differ from a full run: read the table by the "
                + "key that the operator keeps apart, as Incremental(by: ...), read it in full, or move the operator to a pipeline that does.", root.Node.Operator);
        }

        foreach (var input in root.Inputs)
            DemandRowLocal(input);
    }
}
