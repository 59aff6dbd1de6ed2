using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Asks scans for texts as indices into the dictionaries the source stores, where nothing above lets the type be seen: conditions then look at each
/// text once, and filters move numbers. The plan's own schema stays as it was.
/// </summary>
internal static class TextDictionaries
{
    public static PlanNode Apply(BoundNode root, IReadOnlyDictionary<BatchSource, SourceSize> sizes) => Rebuild(root, [], sizes);

    /// <param name="node">The node.</param>
    /// <param name="hidden">The columns of its output whose type nobody above passes on.</param>
    /// <param name="sizes">What the sources say of themselves.</param>
    private static PlanNode Rebuild(BoundNode node, HashSet<string> hidden, IReadOnlyDictionary<BatchSource, SourceSize> sizes)
    {
        if (node is BoundScan scan)
            return Ask(scan, hidden, sizes.GetValueOrDefault(scan.Scan.Source).Dictionaries);
        var inputs = new PlanNode[node.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = Rebuild(node.Inputs[i], HiddenBelow(node, i, hidden), sizes);
        return inputs.Length == 0 ? node.Node : node.Node.WithInputs(inputs);
    }

    private static ScanNode Ask(BoundScan scan, HashSet<string> hidden, IReadOnlyCollection<string>? stored)
    {
        var asked = scan.Schema.FieldsList.Where(f => f.DataType is StringType && hidden.Contains(f.Name) && stored?.Contains(f.Name) == true)
            .Select(f => f.Name).ToList();
        return asked.Count == 0 ? scan.Scan : scan.Scan.With(dictionaries: asked);
    }

    private static HashSet<string> HiddenBelow(BoundNode node, int input, HashSet<string> hidden) => node switch
    {
        BoundFilter or BoundLimit or BoundSkip or BoundUnion => hidden,
        BoundGroupBy => [.. node.Inputs[input].Schema.FieldsList.Select(f => f.Name)],
        BoundSelect select => HiddenBelow(select, node.Inputs[input], hidden),
        BoundJoin join => [.. join.ShownBy(input).Where(c => hidden.Contains(c.Output)).Select(c => c.Input)],
        _ => [],
    };

    /// <summary>A column computed from a text may be a text behind a dictionary in turn; one of another type is what it was.</summary>
    private static HashSet<string> HiddenBelow(BoundSelect select, BoundNode input, HashSet<string> hidden)
    {
        var seen = select.Schema.FieldsList.Index().Where(f => f.Item.DataType is StringType or NestedType && !hidden.Contains(f.Item.Name))
            .SelectMany(f => select.Columns.Expressions[f.Index].Expression.ColumnNames());
        return [.. input.Schema.FieldsList.Select(f => f.Name).Except(seen, StringComparer.Ordinal)];
    }
}
