using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Finds out which columns a run changes, in its target and in all tables made from it.</summary>
internal sealed class ChangeImpact(IPipelineCatalog catalog, IMetadataStore metadata, DataAccess data)
{
    /// <summary>The columns of the target that differ from what is there: by type, and by what they are computed from.</summary>
    public async ValueTask<IReadOnlyList<ColumnChange>> ColumnsAsync(Pipeline pipeline, BoundNode root, CancellationToken cancellationToken)
    {
        if (await pipeline.Target.GetSchemaAsync(data, cancellationToken).ConfigureAwait(false) is not { } table)
            return [];
        var flow = pipeline.Target.Bind(root.Schema);
        var changes = SchemaDifference.Of(table, flow).ToList();
        var evidence = await metadata.GetEvidenceAsync(pipeline.Target.Dataset, cancellationToken).ConfigureAwait(false);
        if (evidence?.Lineage is not { } before || before.Pipeline != pipeline.Name)
            return changes;
        var now = LineageComposer.Compose(pipeline.Name, pipeline.Target.Dataset, root);
        var allDiffer = !before.Indirect.ToHashSet().SetEquals(now.Indirect);
        foreach (var column in now.Columns.Where(c => !changes.Exists(d => d.Column == c.Name)))
        {
            var old = before.Columns.FirstOrDefault(c => c.Name == column.Name);
            if (old is not null && (allDiffer || !old.From.ToHashSet().SetEquals(column.From)))
                changes.Add(new ColumnChange(column.Name, ColumnChangeKind.Computed, null, null, IsBreaking: false));
        }

        return changes;
    }

    /// <summary>The columns of other tables that are made from changed ones.</summary>
    public async ValueTask<IReadOnlyList<DownstreamColumn>> DownstreamAsync(
        Pipeline pipeline, BoundNode root, IReadOnlyList<ColumnChange> changes, CancellationToken cancellationToken)
    {
        var found = new List<DownstreamColumn>();
        var changed = changes.ToDictionary(c => (pipeline.Target.Dataset, c.Column), c => c.ToString());
        var schemas = new Dictionary<DatasetId, Schema> { [pipeline.Target.Dataset] = pipeline.Target.Bind(root.Schema) };
        foreach (var next in catalog.Pipelines.Where(p => changed.Count > 0 && p != pipeline && p.Inputs.Any(schemas.ContainsKey)))
        {
            try
            {
                var bound = new Binder(await SchemasAsync(next, schemas, cancellationToken).ConfigureAwait(false)).Bind(next.Plan);
                schemas[next.Target.Dataset] = next.Target.Bind(bound.Schema);
                Add(next, LineageComposer.Compose(next.Name, next.Target.Dataset, bound), changed, found);
            }
            catch (PlanException e)
            {
                found.Add(new DownstreamColumn(next.Name, next.Target.Dataset, e.Column ?? "*", e.Message, IsBroken: true));
            }
        }

        return found;
    }

    private static void Add(Pipeline next, DatasetLineage lineage, Dictionary<(DatasetId, string), string> changed, List<DownstreamColumn> found)
    {
        var all = lineage.Indirect.FirstOrDefault(o => changed.ContainsKey((o.Dataset, o.Column)));
        foreach (var column in lineage.Columns)
        {
            if ((column.From.FirstOrDefault(o => changed.ContainsKey((o.Dataset, o.Column))) ?? all) is not { } origin)
                continue;
            found.Add(new DownstreamColumn(next.Name, next.Target.Dataset, column.Name, $"{origin.Dataset}: {changed[(origin.Dataset, origin.Column)]}", IsBroken: false));
            changed.TryAdd((next.Target.Dataset, column.Name), $"~ {column.Name}: computed otherwise");
        }
    }

    private async ValueTask<Dictionary<BatchSource, Schema>> SchemasAsync(Pipeline next, Dictionary<DatasetId, Schema> schemas, CancellationToken cancellationToken)
    {
        var found = new Dictionary<BatchSource, Schema>();
        foreach (var source in next.Sources)
        {
            if (schemas.TryGetValue(source.Dataset, out var made))
                found[source] = source is TableSource table ? table.Check(made) : made;
            else if (await source.GetSchemaAsync(data, cancellationToken).ConfigureAwait(false) is { } there)
                found[source] = there;
        }

        return found;
    }
}
