using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Binds pipelines, pins their inputs and decides what a run computes.</summary>
internal sealed class RunPlanner(IPipelineCatalog catalog, DataAccess data, EngineOptions options)
{
    /// <summary>Plans a run.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="pins">What an earlier attempt of the run has fixed, or null.</param>
    /// <param name="isPreview">Whether nothing will be run: a difference to the columns of a frozen table is told, not refused.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<PreparedRun> PrepareAsync(Pipeline pipeline, RunRequest request, RunPins? pins, bool isPreview, CancellationToken cancellationToken)
    {
        try
        {
            var schemas = await SchemasAsync(pipeline, [], cancellationToken).ConfigureAwait(false);
            var binder = new Binder(schemas);
            var described = binder.Bind(pipeline.Plan);
            var (source, bound) = await WithinContractAsync(pipeline, binder, described, isPreview, cancellationToken).ConfigureAwait(false);
            var last = await pipeline.Target.GetLastCommitAsync(data, pipeline.Name, cancellationToken).ConfigureAwait(false);
            var draft = await DraftAsync(pipeline, new Source(source, bound, schemas, described.Schema), request, pins, last, cancellationToken).ConfigureAwait(false);
            draft = draft with { Scans = await InputIdentity.IdentifyAsync(draft.Plan, data, draft.Scans, cancellationToken).ConfigureAwait(false) };
            var plan = ReferenceEquals(draft.Plan, source) ? bound : binder.Bind(draft.Plan);
            var sizes = await SourceSizes.ReadAsync(draft.Plan, draft.Scans, data, cancellationToken).ConfigureAwait(false);
            var root = Optimizer.Optimize(plan, binder, sizes);
            pipeline.Target.Bind(root.Schema);
            var runKey = PlanFingerprint.RunKey(pipeline.Fingerprint, draft.Scans.Select(s => s.Input), draft.Partitions?.Name ?? (request.IsReplay ? RunTriggers.Replay : request.Partition));
            if (request.Planned is { } planned && pins?.IsLater != true)
                PlannedRuns.Demand(planned, pipeline, runKey, draft.Partitions?.Name, [.. draft.Scans.Select(s => s.Input)]);
            var isDone = last is not null && string.Equals(last.RunKey, runKey, StringComparison.Ordinal);
            return new PreparedRun(
                pipeline, request, described, root, draft.Scans, runKey, last, draft.Key, draft.Partitions, draft.WhyNot is null && !isDone,
                isDone ? "the last commit has this run key already: nothing has changed" : draft.WhyNot ?? draft.Why)
            {
                Pins = (draft.Pins ?? new RunPins(draft.Scans, draft.Partitions?.Name)) with { Scans = draft.Scans },
                Next = draft.Next,
                Replayed = draft.Replayed,
            };
        }
        catch (PlanException e)
        {
            throw e.With(pipeline: pipeline.Name);
        }
    }

    /// <summary>The plan with what the target's contract lets through.</summary>
    private async ValueTask<(PlanNode Plan, BoundNode Bound)> WithinContractAsync(
        Pipeline pipeline, Binder binder, BoundNode described, bool isPreview, CancellationToken cancellationToken)
    {
        var frozen = !isPreview && LayerPolicy.IsFrozen(pipeline.Target) ? TableContract.Frozen : null;
        if ((pipeline.Policies.Contract ?? frozen) is not { } contract)
            return (pipeline.Plan, described);
        var table = await pipeline.Target.GetSchemaAsync(data, cancellationToken).ConfigureAwait(false);
        if (table is not null && pipeline.Target is DispositionTarget target)
            table = target.Brought(table, described.Schema);
        var plan = ContractPlan.Apply(pipeline.Plan, described.Schema, table, contract, pipeline.Target.Dataset);
        return (plan, ReferenceEquals(plan, pipeline.Plan) ? described : binder.Bind(plan));
    }

    private ValueTask<Draft> DraftAsync(
        Pipeline pipeline, Source source, RunRequest request, RunPins? pins, CommitRecord? last, CancellationToken cancellationToken)
    {
        if (request.IsReplay)
            return ReplayAsync(pipeline, source, pins, last, cancellationToken);
        return PartitionTrace.Demand(source.Bound, pipeline) is { } partitions
            ? PartitionsAsync(pipeline, partitions, source, request, pins, last, cancellationToken)
            : WholeAsync(pipeline, source, request, pins, last, cancellationToken);
    }

    /// <summary>A run over everything that is new.</summary>
    private async ValueTask<Draft> WholeAsync(
        Pipeline pipeline, Source source, RunRequest request, RunPins? pins, CommitRecord? last, CancellationToken cancellationToken)
    {
        var key = RecomputeCheck.Demand(source.Bound, pipeline.Target, pipeline.Policies.Key is not null);
        if (request.IsFull && !pipeline.Target.ReplacesInPart)
            throw new PlanException($"only a pipeline that ends in ReplaceTable can be computed anew as a whole; this one {pipeline.Target.Disposition}s, so that rows would come twice or stay.");
        var inputs = pins is null
            ? await new InputPins(pipeline, data, last).ReadAsync(isByKey: key is not null, request.IsFull, cancellationToken).ConfigureAwait(false)
            : new InputPins.Result(pins.Scans, null);
        var isByKey = key is not null && inputs.Scans.All(s => !s.IsIncremental || s.Input.Since is not null);
        var steps = pins ?? (key is null ? await RunPins.CutAsync(pipeline, inputs.Scans, data, cancellationToken).ConfigureAwait(false) : new RunPins(inputs.Scans, null));
        var (hasWork, reason) = Judge(steps.Scans, last);
        return new Draft(isByKey ? PlanWalk.Rewrite(source.Plan, ByKey) : source.Plan, steps.Scans)
        {
            Pins = steps,
            Next = steps.Next,
            Key = isByKey ? key : null,
            Why = inputs.WhyFull ?? reason,
            WhyNot = hasWork ? null : reason,
        };
    }

    /// <summary>A run over some partitions.</summary>
    private async ValueTask<Draft> PartitionsAsync(
        Pipeline pipeline, TargetPartitions target, Source source, RunRequest request, RunPins? pins, CommitRecord? last, CancellationToken cancellationToken)
    {
        var scans = pins?.Scans
            ?? (await new InputPins(pipeline, data, last).ReadAsync(isByKey: false, isFull: true, cancellationToken).ConfigureAwait(false)).Scans;
        var states = new PartitionStates(pipeline, target, source.Bound, data, options);
        var state = await states.ReadAsync(last, scans, cancellationToken).ConfigureAwait(false);
        var named = pins?.Partition ?? request.Planned?.Partition ?? request.Partition;
        var run = new PartitionRun(target, named is null ? PartitionRun.Next(state) : target.Partitioning.Parse(named), state, states);
        var all = new RunPins(scans, run.Partitions.Count == 0 ? null : run.Name) { IsLater = pins?.IsLater ?? false };
        if (run.Partitions.Count == 0)
            return new Draft(source.Plan, scans) { Partitions = run, WhyNot = "all partitions up to now are done" };
        var isDone = named is not null && !request.IsFull && state.Done.Contains(run.Partitions);
        var rest = IntervalSet.Empty;
        if (pipeline.Policies.Checkpoint?.Partitions is { } most)
        {
            var first = run.Partitions.Pieces(most).First();
            rest = run.Partitions.Except(IntervalSet.Of(first.From, first.To));
            run = run with { Partitions = IntervalSet.Of(first.From, first.To) };
        }

        return new Draft(run.Narrow(source.Plan, source.Bound), scans)
        {
            Pins = all,
            Next = rest.Count == 0 ? null : all with { Partition = target.Partitioning.NameOf(rest), IsLater = true },
            Partitions = run,
            Why = string.Join("; ", state.Planned.Where(p => p.Partitions.Intersect(run.Partitions).Count > 0).Select(p => p.Reason).DefaultIfEmpty("asked for by name")),
            WhyNot = isDone ? $"{run.Name} is done, and nothing it is computed from has changed" : null,
        };
    }

    /// <summary>A run over the rows that were set aside and are still to be done. What else the plan reads from there on it reads in full.</summary>
    private async ValueTask<Draft> ReplayAsync(Pipeline pipeline, Source source, RunPins? pins, CommitRecord? last, CancellationToken cancellationToken)
    {
        var replay = ReplayPlan.Of(pipeline, source.Plan, source.Bound, source.Flow, source.Schemas);
        foreach (var rows in replay.Sources)
            source.Schemas[rows] = rows.Rows;
        RecomputeCheck.Demand(new Binder(source.Schemas).Bind(replay.Plan), pipeline.Target, pipeline.Policies.Key is not null);
        var scans = pins?.Scans.ToList() ?? [];
        if (pins is null)
        {
            var quarantine = replay.Sources[0];
            var isAnother = await InputIdentity.IsAnotherAsync(quarantine, data, last?.Cursor, cancellationToken).ConfigureAwait(false);
            var since = isAnother ? null : last?.Cursor[quarantine.Dataset];
            scans.Add(new PinnedScan(await quarantine.PinAsync(data, since, cancellationToken).ConfigureAwait(false), IsIncremental: true));
            foreach (var scan in PlanWalk.Scans(replay.Plan).Where(s => s.Source is not ReplaySource).DistinctBy(s => (s.Source.Dataset, s.IsIncremental)))
                scans.Add(new PinnedScan(await scan.Source.PinAsync(data, null, cancellationToken).ConfigureAwait(false), scan.IsIncremental));
        }

        return new Draft(replay.Plan, scans)
        {
            Replayed = replay.Operators,
            Why = $"rows were set aside: {scans[0].Input}",
            WhyNot = scans[0].Input.HasData ? null : "no rows were set aside since the last replay",
        };
    }

    private static PlanNode ByKey(ScanNode scan) =>
        scan.IsIncremental ? new AffectedNode(scan.With(appendsOnly: false, readsWhole: true), scan.Key) : scan;

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

    private static (bool HasWork, string Reason) Judge(IReadOnlyList<PinnedScan> scans, CommitRecord? last)
    {
        if (scans.All(s => !s.Input.HasData))
            return (false, $"nothing to read in {string.Join(", ", scans.Select(s => s.Input.Dataset))}");
        var incremental = scans.Where(s => s.IsIncremental).ToList();
        if (incremental.Count > 0 && incremental.TrueForAll(s => !s.Input.HasData) && scans.All(s => s.IsIncremental || !s.HasMovedSince(last)))
            return (false, $"nothing new in {string.Join(", ", incremental.Select(s => s.Input.Dataset))}");
        return (true, last is null ? "first run" : $"new: {string.Join(", ", scans.Where(s => s.Input.HasData).Select(New))}");
    }

    private static string New(PinnedScan scan) => scan.IsAnother ? $"{scan.Input}, which was deleted and made anew since the last run" : scan.Input.ToString();

    /// <summary>A pipeline's plan within its contract.</summary>
    private sealed record Source(PlanNode Plan, BoundNode Bound, Dictionary<BatchSource, Schema> Schemas, Schema Flow);

    /// <summary>What a run would compute, before it is bound.</summary>
    private sealed record Draft(PlanNode Plan, IReadOnlyList<PinnedScan> Scans)
    {
        public IReadOnlyList<string>? Key { get; init; }

        public PartitionRun? Partitions { get; init; }

        /// <summary>What this step and those that follow read and compute; null where there is one only.</summary>
        public RunPins? Pins { get; init; }

        /// <summary>The step that follows, or null.</summary>
        public RunPins? Next { get; init; }

        /// <summary>The operators whose rows are replayed; null where none are.</summary>
        public IReadOnlyList<string>? Replayed { get; init; }

        public string Why { get; init; } = "";

        /// <summary>Why there is nothing to do, or null.</summary>
        public string? WhyNot { get; init; }
    }
}
