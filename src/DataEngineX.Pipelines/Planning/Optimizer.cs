using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Pushes to the scans what they need not read: columns nobody wants, and conditions they may skip data by.</summary>
internal static class Optimizer
{
    /// <summary>The plan with narrower scans; bind it again.</summary>
    public static PlanNode Optimize(BoundNode root)
    {
        var columns = new Dictionary<ScanNode, HashSet<string>?>();
        Require(root, root.Schema.FieldsList.Select(f => f.Name).ToHashSet(StringComparer.Ordinal), columns);
        var predicates = new Dictionary<ScanNode, Expr>();
        Push(root, [], predicates);
        return Rewrite(root, columns, predicates);
    }

    private static void Require(BoundNode node, IReadOnlySet<string>? wanted, Dictionary<ScanNode, HashSet<string>?> scans)
    {
        if (node is BoundScan scan)
        {
            var known = scans.TryGetValue(scan.Scan, out var columns);
            if (wanted is null || (known && columns is null))
                scans[scan.Scan] = null;
            else
                scans[scan.Scan] = [.. wanted, .. columns ?? []];
            return;
        }

        for (var i = 0; i < node.Inputs.Count; i++)
            Require(node.Inputs[i], wanted is null ? null : node.RequiredColumns(i, wanted), scans);
    }

    /// <summary>Carries conditions down as far as nodes permit. A filter keeps its place: the scan only skips what cannot match.</summary>
    private static void Push(BoundNode node, IReadOnlyList<Expr> conditions, Dictionary<ScanNode, Expr> predicates)
    {
        if (node is BoundScan scan)
        {
            if (conditions.Count > 0 && scan.Scan.Source.SupportsPredicate && !predicates.ContainsKey(scan.Scan))
                predicates[scan.Scan] = conditions.Aggregate((l, r) => l & r);
            return;
        }

        for (var i = 0; i < node.Inputs.Count; i++)
        {
            var below = conditions.Select(c => node.PushDown(c, i)).Where(c => c is not null).Select(c => c!).ToList();
            if (node.Node is FilterNode filter)
                below.Add(filter.Predicate);
            Push(node.Inputs[i], below, predicates);
        }
    }

    private static PlanNode Rewrite(BoundNode node, Dictionary<ScanNode, HashSet<string>?> columns, Dictionary<ScanNode, Expr> predicates)
    {
        if (node is BoundScan scan)
        {
            var names = scan.Schema.FieldsList.Select(f => f.Name).ToList();
            var wanted = columns[scan.Scan];
            var kept = wanted is null ? names : names.Where(wanted.Contains).ToList();
            if (kept.Count == 0)
                kept = names[..1];
            return new ScanNode(
                scan.Scan.Source, scan.Scan.IsIncremental, kept.Count == names.Count ? scan.Scan.Columns : kept, predicates.GetValueOrDefault(scan.Scan));
        }

        return node.Inputs.Count == 0 ? node.Node : node.Node.WithInputs([.. node.Inputs.Select(i => Rewrite(i, columns, predicates))]);
    }
}
