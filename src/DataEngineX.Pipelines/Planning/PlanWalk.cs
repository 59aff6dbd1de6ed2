using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Walks over plans.</summary>
internal static class PlanWalk
{
    public static IEnumerable<PlanNode> Nodes(PlanNode root) => root.Inputs.SelectMany(Nodes).Append(root);

    public static IEnumerable<BoundNode> Nodes(BoundNode root) => root.Inputs.SelectMany(Nodes).Append(root);

    public static IReadOnlyList<ScanNode> Scans(PlanNode root) => [.. Nodes(root).OfType<ScanNode>()];

    /// <summary>The same plan over other scans.</summary>
    public static PlanNode Rewrite(PlanNode root, Func<ScanNode, PlanNode> change) => root switch
    {
        ScanNode scan => change(scan),
        { Inputs.Count: 0 } => root,
        _ => root.WithInputs([.. root.Inputs.Select(i => Rewrite(i, change))]),
    };

    public static IReadOnlyList<BatchSource> Sources(PlanNode root) => [.. Scans(root).Select(s => s.Source).Distinct()];
}
