using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Binds pipelines and pins their inputs.</summary>
internal sealed class RunPlanner(IPipelineCatalog catalog, DataAccess data)
{
    /// <summary>Binds a pipeline and pins what it reads; a further attempt of a run gives the pins of the first.</summary>
    public async ValueTask<PreparedRun> PrepareAsync(
        Pipeline pipeline, string? partition, IReadOnlyList<PinnedScan>? pins, CancellationToken cancellationToken)
    {
        try
        {
            var binder = new Binder(await SchemasAsync(pipeline, [], cancellationToken).ConfigureAwait(false));
            var described = binder.Bind(pipeline.Plan);
            RecomputeCheck.Demand(described);
            var last = await pipeline.Target.GetLastCommitAsync(data, pipeline.Name, cancellationToken).ConfigureAwait(false);
            var scans = pins ?? await PinAsync(pipeline, last, cancellationToken).ConfigureAwait(false);
            var root = Optimizer.Optimize(described, binder, await SourceSizes.ReadAsync(pipeline.Plan, scans, data, cancellationToken).ConfigureAwait(false));
            pipeline.Target.Bind(root.Schema);
            var key = PlanFingerprint.RunKey(pipeline.Fingerprint, scans.Select(s => s.Input), partition);
            var (hasWork, reason) = Judge(scans, key, last);
            return new PreparedRun(pipeline, described, root, scans, key, last, hasWork, reason);
        }
        catch (PlanException e)
        {
            throw e.With(pipeline: pipeline.Name);
        }
    }

    /// <summary>The schema of each source: as it is, or as the pipeline that writes it will make it.</summary>
    private async ValueTask<Dictionary<BatchSource, Schema>> SchemasAsync(Pipeline pipeline, List<Pipeline> path, CancellationToken cancellationToken)
    {
        var schemas = new Dictionary<BatchSource, Schema>();
        foreach (var source in pipeline.Sources)
        {
            var schema = await source.GetSchemaAsync(data, cancellationToken).ConfigureAwait(false)
                ?? await FromUpstreamAsync(source, [.. path, pipeline], cancellationToken).ConfigureAwait(false);
            if (schema is not null)
                schemas[source] = schema;
        }

        return schemas;
    }

    private async ValueTask<Schema?> FromUpstreamAsync(BatchSource source, List<Pipeline> path, CancellationToken cancellationToken)
    {
        var upstream = catalog.Pipelines.FirstOrDefault(p => p.Target.Dataset == source.Dataset);
        if (upstream is null || path.Contains(upstream))
            return null;
        var bound = new Binder(await SchemasAsync(upstream, path, cancellationToken).ConfigureAwait(false)).Bind(upstream.Plan);
        var schema = upstream.Target.Bind(bound.Schema);
        return source is TableSource table ? table.Check(schema) : schema;
    }

    private async ValueTask<List<PinnedScan>> PinAsync(Pipeline pipeline, CommitRecord? last, CancellationToken cancellationToken)
    {
        var pinned = new List<PinnedScan>();
        foreach (var scan in PlanWalk.Scans(pipeline.Plan))
        {
            if (pinned.Exists(p => p.Input.Dataset == scan.Source.Dataset && p.IsIncremental == scan.IsIncremental))
                continue;
            var since = scan.IsIncremental ? last?.Cursor[scan.Source.Dataset] : null;
            pinned.Add(new PinnedScan(await scan.Source.PinAsync(data, since, cancellationToken).ConfigureAwait(false), scan.IsIncremental));
        }

        return pinned;
    }

    private static (bool HasWork, string Reason) Judge(IReadOnlyList<PinnedScan> scans, string key, CommitRecord? last)
    {
        if (last is not null && string.Equals(last.RunKey, key, StringComparison.Ordinal))
            return (false, "the last commit has this run key already: nothing has changed");
        if (scans.All(s => !s.Input.HasData))
            return (false, $"nothing to read in {string.Join(", ", scans.Select(s => s.Input.Dataset))}");
        var incremental = scans.Where(s => s.IsIncremental).ToList();
        if (incremental.Count > 0 && incremental.TrueForAll(s => !s.Input.HasData) && scans.All(s => s.IsIncremental || !Moved(s, last)))
            return (false, $"nothing new in {string.Join(", ", incremental.Select(s => s.Input.Dataset))}");
        return (true, last is null ? "first run" : $"new: {string.Join(", ", scans.Where(s => s.Input.HasData).Select(s => s.Input))}");
    }

    private static bool Moved(PinnedScan scan, CommitRecord? last) =>
        !string.Equals(last?.Cursor[scan.Input.Dataset], scan.Input.Position, StringComparison.Ordinal);
}
