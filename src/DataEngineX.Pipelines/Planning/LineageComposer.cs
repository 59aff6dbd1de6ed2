using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Composes the lineage of nodes into lineage between datasets.</summary>
internal static class LineageComposer
{
    public static DatasetLineage Compose(string pipeline, DatasetId target, BoundNode root)
    {
        var (columns, indirect) = Trace(root);
        return new DatasetLineage(
            target,
            pipeline,
            [.. PlanWalk.Sources(root.Node).Select(s => s.Dataset).Distinct()],
            [.. root.Schema.FieldsList.Select(f => new ColumnLineage(f.Name, columns[f.Name]))],
            indirect);
    }

    private static (Dictionary<string, List<ColumnOrigin>> Columns, List<ColumnOrigin> Indirect) Trace(BoundNode node)
    {
        if (node is BoundScan scan)
        {
            var dataset = scan.Scan.Source.Dataset;
            return (scan.Schema.FieldsList.ToDictionary(
                f => f.Name, f => new List<ColumnOrigin> { new(dataset, f.Name, LineageKind.Identity) }, StringComparer.Ordinal), []);
        }

        var inputs = node.Inputs.Select(Trace).ToList();
        var indirect = inputs.SelectMany(i => i.Indirect).ToList();
        foreach (var edge in node.Lineage.Indirect)
            AddOrigins(indirect, inputs[edge.Input].Columns, edge, isIndirect: true);
        var columns = new Dictionary<string, List<ColumnOrigin>>(StringComparer.Ordinal);
        foreach (var field in node.Schema.FieldsList)
        {
            var origins = columns[field.Name] = [];
            foreach (var edge in node.Lineage.Columns.GetValueOrDefault(field.Name) ?? [])
                AddOrigins(origins, inputs[edge.Input].Columns, edge, isIndirect: false);
        }

        return (columns, [.. indirect.Distinct()]);
    }

    private static void AddOrigins(List<ColumnOrigin> origins, Dictionary<string, List<ColumnOrigin>> input, LineageEdge edge, bool isIndirect)
    {
        foreach (var origin in input.GetValueOrDefault(edge.Column) ?? [])
        {
            var composed = origin with { Kind = isIndirect ? edge.Kind : Stronger(origin.Kind, edge.Kind) };
            if (!origins.Contains(composed))
                origins.Add(composed);
        }
    }

    /// <summary>A chain of steps is named by the step that changes most: identity yields to everything, unknown to nothing.</summary>
    private static LineageKind Stronger(LineageKind below, LineageKind above) => Rank(above) >= Rank(below) ? above : below;

    private static int Rank(LineageKind kind) => kind switch
    {
        LineageKind.Identity => 0,
        LineageKind.Transformation => 1,
        LineageKind.Conditional => 2,
        LineageKind.Window => 3,
        LineageKind.Aggregation => 4,
        LineageKind.Unknown => 9,
        _ => 5,
    };
}
