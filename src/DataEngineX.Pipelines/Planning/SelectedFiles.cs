using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Asks the sources of a plan how many files its conditions leave them to read.</summary>
internal static class SelectedFiles
{
    public static async ValueTask<IReadOnlyDictionary<BoundNode, FileSelection>> ReadAsync(
        BoundNode root, Func<ScanNode, InputVersion> inputOf, DataAccess data, CancellationToken cancellationToken)
    {
        var selected = new Dictionary<BoundNode, FileSelection>(ReferenceEqualityComparer.Instance);
        foreach (var node in Nodes(root).OfType<BoundScan>())
        {
            var scan = node.Scan;
            if (scan.Predicate is { } predicate && inputOf(scan) is { HasData: true } input
                && await scan.Source.SelectFilesAsync(data, input, predicate, cancellationToken).ConfigureAwait(false) is { } files)
                selected[node] = files;
        }

        return selected;
    }

    private static IEnumerable<BoundNode> Nodes(BoundNode node) => node.Inputs.SelectMany(Nodes).Prepend(node);
}
