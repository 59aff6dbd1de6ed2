using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The reads of a plan whose refused rows a replay can give to them again.</summary>
internal static class RefusedReads
{
    /// <summary>
    /// Finds them: reads that bring new rows, each of a dataset that is read once, with nothing between them and the end that would have to see other rows too.
    /// </summary>
    /// <param name="bound">The plan of the pipeline, bound.</param>
    public static IReadOnlyList<ScanNode> Of(BoundNode bound)
    {
        var paths = Paths(bound, []).ToList();
        var isIncremental = paths.Exists(p => p.Scan.IsIncremental);
        return
        [
            .. paths
                .Where(p => p.Scan.Source.RefusedBy is not null && (isIncremental ? p.Scan.IsIncremental : IsStream(p.Above)) && IsRowLocal(p.Above))
                .Where(p => paths.Count(o => o.Scan.Source.Dataset == p.Scan.Source.Dataset) == 1)
                .Select(p => p.Scan),
        ];
    }

    private static IEnumerable<(ScanNode Scan, List<BoundNode> Above)> Paths(BoundNode node, List<BoundNode> above) => node is BoundScan scan
        ? [(scan.Scan, above)]
        : node.Inputs.SelectMany(input => Paths(input, [.. above, node]));

    /// <summary>Whether the rows of the read are those of the flow, not what they are looked up in.</summary>
    private static bool IsStream(List<BoundNode> above) => above.TrueForAll(n => n.Inputs.Count == 1 || n.Node is UnionNode);

    private static bool IsRowLocal(List<BoundNode> above) => above.TrueForAll(n => n.Recompute.Kind is not (RecomputeKind.WholeInput or RecomputeKind.AffectedKeys));
}
