using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Follows the column by which a target's partitions are told down to the partition column of the source. Each partition is computed from its own rows
/// alone where every operator on the way brings only rows with equal values in that column together.
/// </summary>
internal sealed class PartitionTrace
{
    private readonly HashSet<BoundScan> _reached = new(ReferenceEqualityComparer.Instance);

    /// <summary>How the target is divided, or null where nothing is read by partition.</summary>
    /// <exception cref="PlanException">Partitions would not be computed each from its own rows, or the target cannot replace one.</exception>
    public static TargetPartitions? Demand(BoundNode root, Pipeline pipeline)
    {
        var scans = PlanWalk.Nodes(root).OfType<BoundScan>().Where(s => s.Scan.Partition is not null).ToList();
        if (scans.Count == 0)
        {
            return pipeline.Policies.PartitionColumn is null
                ? null
                : throw new PlanException("the target is partitioned, but nothing is read by partition: divide a read with Partitioned(...).");
        }

        var by = scans[0].Scan.Partition!;
        if (scans.Find(s => !string.Equals(s.Scan.Partition!.Partitioning.Canonical, by.Partitioning.Canonical, StringComparison.Ordinal)) is { } other)
            throw new PlanException($"all reads of a pipeline must be partitioned alike, but one is {by.Partitioning.Canonical} and another {other.Scan.Partition!.Partitioning.Canonical}.", "scan");
        if (PlanWalk.Nodes(root).OfType<BoundScan>().FirstOrDefault(s => s.Scan.IsIncremental) is { } incremental)
            throw new PlanException($"a pipeline that is computed partition by partition reads its other inputs in full: read {incremental.Scan.Source.Dataset} without Incremental().", "scan");
        if (!pipeline.Target.ReplacesInPart)
            throw new PlanException($"a partition is replaced as a whole, but the target {pipeline.Target.Disposition}s: end the pipeline in ReplaceTable.", "scan");
        var column = ColumnOf(root, pipeline.Policies.PartitionColumn ?? by.Column);
        var trace = new PartitionTrace();
        trace.Follow(root, column.Name);
        if (scans.Find(s => !trace._reached.Contains(s)) is { } unreached)
            throw new PlanException($"the target's column '{column.Name}' does not come from the partition column of {unreached.Scan.Source.Dataset}: join the partitioned reads by it.", "scan");
        _ = by.Partitioning.Covers(IntervalSet.Of(by.Partitioning.First, by.Partitioning.First + 1), column);
        return new TargetPartitions(by.Partitioning, column, by.LookBack);
    }

    private static Field ColumnOf(BoundNode root, string name) => root.Schema.FieldsList.FirstOrDefault(f => f.Name == name)
        ?? throw new PlanException($"the target has no column '{name}' by which its partitions could be told: name one with PartitionedBy(...); it has {SchemaTools.Names(root.Schema)}.", column: name);

    private void Follow(BoundNode node, string column)
    {
        if (node is BoundScan scan)
        {
            if (scan.Scan.Partition is not { } by || !string.Equals(by.Column, column, StringComparison.Ordinal))
                throw Apart(node, column, $"it comes from '{column}' of {scan.Scan.Source.Dataset}, which is not the partition column");
            _reached.Add(scan);
            return;
        }

        var edges = node.Lineage.Columns.GetValueOrDefault(column) ?? [];
        if (edges.Count == 0 || edges.Any(e => e.Kind is not (LineageKind.Identity or LineageKind.Transformation)) || edges.Select(e => e.Input).Distinct().Count() != edges.Count)
            throw Apart(node, column, "it is not computed from one column row by row");
        if (node is IKeyedJoin join)
        {
            FollowJoin(node, join, edges[0], column);
            return;
        }

        var apart = node.Recompute.Kind switch
        {
            RecomputeKind.RowLocal or RecomputeKind.ThisRun => edges.Count == node.Inputs.Count,
            RecomputeKind.AffectedKeys => node is BoundGroupBy || node.Recompute.Columns.Contains(column),
            _ => false,
        };
        if (!apart)
            throw Apart(node, column, "the operator brings rows together that differ in it");
        foreach (var edge in edges)
            Follow(node.Inputs[edge.Input], edge.Column);
    }

    private void FollowJoin(BoundNode node, IKeyedJoin join, LineageEdge edge, string column)
    {
        var isKept = join.Kind switch
        {
            JoinKind.Inner or JoinKind.Cross => true,
            JoinKind.Left or JoinKind.Semi or JoinKind.Anti => edge.Input == 0,
            JoinKind.Right => edge.Input == 1,
            _ => false,
        };
        if (!isKept)
            throw Apart(node, column, "rows of the other side come out without it");
        Follow(node.Inputs[edge.Input], edge.Column);
        var other = node.Inputs[1 - edge.Input];
        if (!PlanWalk.Nodes(other).OfType<BoundScan>().Any(s => s.Scan.Partition is not null))
            return;
        var pairs = join.LeftKeys.Zip(join.RightKeys).Select(p => edge.Input == 0 ? p : (p.Second, p.First));
        var partner = pairs.FirstOrDefault(p => p is (ColumnExpr own, ColumnExpr) && own.Name == edge.Column).Item2 as ColumnExpr
            ?? throw Apart(node, column, "the other side is partitioned too, and is not joined by it");
        Follow(other, partner.Name);
    }

    private static PlanException Apart(BoundNode node, string column, string why) => new(
        $"partitions must be computed each from its own rows, told by '{column}', but {why}: keep the partition column as it is, or shorten it, and "
        + "group, partition or join by it.", node.Node.Operator, column);
}
