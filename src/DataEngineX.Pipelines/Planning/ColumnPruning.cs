using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Leaves out columns that nobody above wants: at the scans, and computed ones where they would be computed.</summary>
internal static class ColumnPruning
{
    public static PlanNode Apply(BoundNode root)
    {
        var wanted = new Dictionary<BoundNode, HashSet<string>?>(ReferenceEqualityComparer.Instance);
        Require(root, [.. root.Schema.FieldsList.Select(f => f.Name)], wanted);
        return Rebuild(root, wanted);
    }

    private static void Require(BoundNode node, HashSet<string>? columns, Dictionary<BoundNode, HashSet<string>?> wanted)
    {
        wanted[node] = columns;
        var needed = columns is null ? null : Effective(node, columns);
        for (var i = 0; i < node.Inputs.Count; i++)
            Require(node.Inputs[i], needed is null ? null : node.RequiredColumns(i, needed)?.ToHashSet(StringComparer.Ordinal), wanted);
    }

    /// <summary>What a node will still make after pruning: never nothing.</summary>
    private static HashSet<string> Effective(BoundNode node, HashSet<string> columns) =>
        columns.Count > 0 || node.Schema.FieldsList.Count == 0 ? columns : [node.Schema.FieldsList[0].Name];

    private static PlanNode Rebuild(BoundNode node, Dictionary<BoundNode, HashSet<string>?> wanted)
    {
        var inputs = node.Inputs.Select(i => Rebuild(i, wanted)).ToList();
        var columns = wanted[node] is { } some ? Effective(node, some) : null;
        return (node, node.Node) switch
        {
            (BoundScan scan, _) => Narrow(scan, columns),
            (_, SelectNode select) when columns is not null => Narrow(select, inputs[0], columns),
            (_, GroupByNode group) when columns is not null => Narrow(group, inputs[0], columns),
            (_, WindowNode window) when columns is not null => Narrow(window, inputs[0], columns),
            (_, UnpivotNode unpivot) when columns is not null => unpivot.With(inputs[0], unpivot.Keep?.Where(columns.Contains).ToList()),
            _ => inputs.Count == 0 ? node.Node : node.Node.WithInputs(inputs),
        };
    }

    private static ScanNode Narrow(BoundScan scan, HashSet<string>? wanted)
    {
        var names = scan.Schema.FieldsList.Select(f => f.Name).ToList();
        var kept = wanted is null ? names : names.Where(wanted.Contains).ToList();
        return kept.Count == names.Count ? scan.Scan : scan.Scan.With(columns: kept.Count == 0 ? names[..1] : kept);
    }

    private static PlanNode Narrow(SelectNode select, PlanNode input, HashSet<string> wanted)
    {
        var kept = select.Columns.Where(c => wanted.Contains(c.Name)).ToList();
        if (kept.Count == 0 && select.KeepsInput)
            return input;
        return new SelectNode(input, kept.Count == 0 ? [select.Columns[0]] : kept, select.KeepsInput);
    }

    private static GroupByNode Narrow(GroupByNode group, PlanNode input, HashSet<string> wanted)
    {
        var kept = group.Aggregates.Where(a => wanted.Contains(a.Name)).ToList();
        return new GroupByNode(input, group.Keys, kept.Count == 0 && group.Keys.Count == 0 ? [group.Aggregates[0]] : kept);
    }

    private static PlanNode Narrow(WindowNode window, PlanNode input, HashSet<string> wanted)
    {
        var kept = window.Columns.Where(c => wanted.Contains(c.Name)).ToList();
        return new WindowNode(input, window.PartitionBy, window.OrderBy, kept.Count == 0 ? [window.Columns[0]] : kept);
    }
}
