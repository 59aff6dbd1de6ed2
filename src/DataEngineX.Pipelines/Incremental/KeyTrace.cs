using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Follows the key of an incremental read upwards through a plan. The rows of one key are computed from all rows of that key and of no other where
/// every operator keeps keys apart; then it is enough to compute the keys anew of which some row came, changed or went.
/// </summary>
internal static class KeyTrace
{
    /// <summary>The columns of a plan's output that hold the key, in its order; null where nothing is read by key.</summary>
    /// <exception cref="PlanException">An operator mixes keys, or a key column does not reach the output.</exception>
    public static IReadOnlyList<string>? Demand(BoundNode root)
    {
        var scans = PlanWalk.Nodes(root).OfType<BoundScan>().Where(s => s.Scan.IsIncremental).ToList();
        if (scans.TrueForAll(s => s.Scan.Key.Count == 0))
            return null;
        DemandOneKey(scans);
        var columns = Of(root)!;
        var names = new List<string>();
        for (var i = 0; i < columns.Length; i++)
            names.Add(root.Schema.FieldsList.FirstOrDefault(f => columns[i].Contains(f.Name))?.Name ?? throw Lost(root, scans[0], i));
        return names;
    }

    private static void DemandOneKey(List<BoundScan> scans)
    {
        var first = scans[0];
        foreach (var other in scans)
        {
            if (other.Scan.Key.Count != first.Scan.Key.Count || !other.KeyTypes.Zip(first.KeyTypes).All(t => ArrowTypes.Same(t.First, t.Second)))
            {
                throw new PlanException(
                    $"all incremental reads of a pipeline must be by the same key, but {first.Scan.Source.Dataset} is read by ({string.Join(", ", first.Scan.Key)}) "
                    + $"and {other.Scan.Source.Dataset} by ({string.Join(", ", other.Scan.Key)}).", "scan");
            }
        }
    }

    /// <summary>For each key column the columns that hold it; null for what nothing incremental is read for.</summary>
    private static HashSet<string>[]? Of(BoundNode node)
    {
        if (node is BoundScan scan)
            return scan.Scan.IsIncremental ? [.. scan.Scan.Key.Select(k => new HashSet<string>(StringComparer.Ordinal) { k })] : null;
        var inputs = node.Inputs.Select(Of).ToList();
        if (inputs.FirstOrDefault(i => i is not null) is not { } some)
            return null;
        DemandApart(node, inputs);
        return [.. Enumerable.Range(0, some.Length).Select(k => Holding(node, inputs, k))];
    }

    private static HashSet<string> Holding(BoundNode node, List<HashSet<string>[]?> inputs, int key)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in node.Schema.FieldsList)
        {
            var edges = node.Lineage.Columns.GetValueOrDefault(field.Name) ?? [];
            if (edges.Count > 0 && edges.All(e => e.Kind == LineageKind.Identity && inputs[e.Input]?[key].Contains(e.Column) == true) && IsWhole(node, edges))
                names.Add(field.Name);
        }

        return names;
    }

    /// <summary>Whether a column has its value in all rows: joins pad one side of rows without a partner, and a union has rows of all inputs.</summary>
    private static bool IsWhole(BoundNode node, IReadOnlyList<LineageEdge> edges) => node switch
    {
        IKeyedJoin join => edges.Count == 2 || join.Kind switch
        {
            JoinKind.Left or JoinKind.Semi or JoinKind.Anti => edges[0].Input == 0,
            JoinKind.Right => edges[0].Input == 1,
            JoinKind.Full => false,
            _ => true,
        },
        _ => edges.Count == node.Inputs.Count,
    };

    private static void DemandApart(BoundNode node, List<HashSet<string>[]?> inputs)
    {
        if (node is IKeyedJoin join)
        {
            DemandApart(node, join, inputs);
            return;
        }

        var apart = node.Recompute.Kind switch
        {
            RecomputeKind.RowLocal or RecomputeKind.ThisRun => inputs.TrueForAll(i => i is not null),
            RecomputeKind.AffectedKeys => inputs.TrueForAll(i => i is not null && Array.TrueForAll(i, k => k.Overlaps(node.Recompute.Columns))),
            _ => false,
        };
        if (!apart)
            throw Mixed(node, "it brings rows of different keys together");
    }

    private static void DemandApart(BoundNode node, IKeyedJoin join, List<HashSet<string>[]?> inputs)
    {
        if (inputs is [{ } left, { } right])
        {
            for (var k = 0; k < left.Length; k++)
            {
                var equal = join.LeftKeys.Zip(join.RightKeys).Any(p => p is (ColumnExpr l, ColumnExpr r) && left[k].Contains(l.Name) && right[k].Contains(r.Name));
                if (!equal)
                    throw Mixed(node, "its keys do not hold the key of both incremental reads");
            }
        }
        else if (inputs[0] is null && node is BoundAsOfJoin)
        {
            throw Mixed(node, "the rows of the side that is read in full look for the nearest among all keys");
        }
        else if (inputs[0] is not null ? join.Kind is JoinKind.Right or JoinKind.Full : join.Kind is not (JoinKind.Inner or JoinKind.Right or JoinKind.Cross))
        {
            throw Mixed(node, "rows of the side that is read in full come out when they have no partner among all keys");
        }
    }

    private static PlanException Mixed(BoundNode node, string why) => new(
        $"above an incremental read by key every operator must keep the keys apart, but {why}: "
        + "group, partition or join by the key columns as they are, or read the table in full.", node.Node.Operator);

    private static PlanException Lost(BoundNode root, BoundScan scan, int key) => new(
        $"the key column '{scan.Scan.Key[key]}' of the incremental read of {scan.Scan.Source.Dataset} must reach the target as it is, so that the rows "
        + $"of its keys can be replaced there; the target gets {SchemaTools.Names(root.Schema)}.", "scan", scan.Scan.Key[key]);
}
