using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Plans and executes runs in this process: lease, plan, execution, quarantine commit, target commit, record.</summary>
public sealed class PipelineRunner : IPipelineRunner
{
    private readonly IPipelineCatalog _catalog;
    private readonly DataAccess _data;
    private readonly IMetadataStore _metadata;
    private readonly IFailpoints _failpoints;
    private readonly IReadOnlyList<IRunObserver> _observers;
    private readonly IReadOnlyList<IRunStatisticsObserver> _statistics;
    private readonly EngineOptions _options;
    private readonly RunPlanner _planner;

    /// <summary>Creates the runner.</summary>
    /// <param name="catalog">The pipelines.</param>
    /// <param name="data">Tables, objects, clock and services.</param>
    /// <param name="metadata">Keeps runs, leases and evidence.</param>
    /// <param name="failpoints">Where tests make runs fail.</param>
    /// <param name="observers">Hear of runs.</param>
    /// <param name="statistics">Hear what runs cost.</param>
    /// <param name="options">Memory budget, batch size, parallelism, lease.</param>
    public PipelineRunner(
        IPipelineCatalog catalog,
        DataAccess data,
        IMetadataStore metadata,
        IFailpoints failpoints,
        IEnumerable<IRunObserver> observers,
        IEnumerable<IRunStatisticsObserver> statistics,
        EngineOptions options)
    {
        _catalog = catalog;
        _data = data;
        _metadata = metadata;
        _failpoints = failpoints;
        _observers = [.. observers];
        _statistics = [.. statistics];
        _options = options;
        _planner = new RunPlanner(catalog, data, options);
    }

    /// <inheritdoc/>
    public async ValueTask<RunPlan> PlanAsync(string pipeline, CancellationToken cancellationToken = default)
    {
        var described = Find(pipeline);
        var prepared = await _planner.PrepareAsync(described, new RunRequest(pipeline), null, isPreview: true, cancellationToken).ConfigureAwait(false);
        var impact = new ChangeImpact(_catalog, _metadata, _data);
        var columns = await impact.ColumnsAsync(described, prepared.Described, cancellationToken).ConfigureAwait(false);
        var files = await SelectedFiles.ReadAsync(prepared.Root, prepared.InputOf, _data, cancellationToken).ConfigureAwait(false);
        return new RunPlan(
            pipeline, prepared.RunKey, prepared.HasWork, prepared.Reason, prepared.Inputs, prepared.Last,
            PlanExplainer.Explain(prepared, files))
        {
            Partitions = prepared.Partitions?.State.Planned ?? [],
            Expected = await ExpectedAsync(prepared, cancellationToken).ConfigureAwait(false),
            Columns = columns,
            Downstream = await impact.DownstreamAsync(described, prepared.Described, columns, cancellationToken).ConfigureAwait(false),
            Planned = new PlannedRun(pipeline, prepared.RunKey, described.Fingerprint, prepared.Partitions?.Name, prepared.Inputs),
        };
    }

    private async ValueTask<IReadOnlyList<ExpectedInput>> ExpectedAsync(PreparedRun prepared, CancellationToken cancellationToken)
    {
        var expected = new List<ExpectedInput>();
        foreach (var scan in PlanWalk.Scans(prepared.Pipeline.Plan).DistinctBy(s => (s.Source.Dataset, s.IsIncremental)))
        {
            var input = prepared.Scans.First(s => s.Input.Dataset == scan.Source.Dataset && s.IsIncremental == scan.IsIncremental).Input;
            expected.Add(new ExpectedInput(input, await SizeAsync(prepared, scan, input, cancellationToken).ConfigureAwait(false)));
        }

        return expected;
    }

    /// <summary>What is read under the conditions that reach the source: exact where its statistics tell, else a guess.</summary>
    private async ValueTask<SourceSize> SizeAsync(PreparedRun prepared, ScanNode scan, InputVersion input, CancellationToken cancellationToken)
    {
        var guess = await scan.Source.EstimateAsync(_data, input, cancellationToken).ConfigureAwait(false);
        var run = PlanWalk.Nodes(prepared.Root).OfType<BoundScan>().Select(s => s.Scan).Where(s => s.Source.Dataset == scan.Source.Dataset && s.IsIncremental == scan.IsIncremental).ToList();
        if (!input.HasData || run.Count != 1)
            return guess;
        try
        {
            var files = await run[0].Source.SelectFilesAsync(_data, prepared.InputOf(run[0]), run[0].Predicate ?? Expressions.Columns.Lit(true), cancellationToken).ConfigureAwait(false);
            return files is null ? guess : guess with { Rows = files.Rows ?? guess.Rows, Bytes = files.Bytes ?? guess.Bytes, IsExact = files.IsExact };
        }
        catch (DataEngineXException)
        {
            // What stands in the way of the read is told by the run.
            return guess;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<RunRecord> RunAsync(
        RunRequest request, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var ended = await RunLeasedAsync(request, progress, cancellationToken).ConfigureAwait(false);
        await _failpoints.HitAsync(FailpointNames.LeaseReleased, CancellationToken.None).ConfigureAwait(false);
        return ended;
    }

    private async ValueTask<RunRecord> RunLeasedAsync(RunRequest request, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var pipeline = Find(request.Pipeline);
        var runId = request.RunId ?? RunId.New(_data.Clock);
        using var activity = PipelinesActivity.Start(pipeline.Name, runId, request.Trigger);
        var lease = await PipelineLease.AcquireAsync(
            _metadata, pipeline.LeaseOf(request.Partition), pipeline.Name, runId, _options.LeaseDuration, givesUp: true, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        await _failpoints.HitAsync(FailpointNames.LeaseTaken, stop.Token).ConfigureAwait(false);
        var record = new RunRecord
        {
            Id = runId,
            Pipeline = pipeline.Name,
            State = RunState.Running,
            Trigger = request.Trigger,
            Partition = request.Partition,
            StartedAt = _data.Clock.GetUtcNow(),
            Target = pipeline.Target.Dataset,
        };
        await _metadata.SaveRunAsync(record, cancellationToken).ConfigureAwait(false);
        foreach (var observer in _observers)
            observer.RunStarted(record);
        var attempts = new RunAttempts(pipeline, _data.Clock, _options.Waits, _metadata, _failpoints, (started, pins) => Execution(pipeline, request, started, lease, pins, progress));
        var (ended, run, cost) = await attempts.ExecuteAsync(record, stop.Token, lease.Lost).ConfigureAwait(false);
        await _failpoints.HitAsync(FailpointNames.BeforeEndSaved, CancellationToken.None).ConfigureAwait(false);
        await _metadata.SaveRunAsync(ended, CancellationToken.None).ConfigureAwait(false);
        await _failpoints.HitAsync(FailpointNames.EndSaved, CancellationToken.None).ConfigureAwait(false);
        PipelinesActivity.Finish(activity, ended);
        foreach (var observer in _observers)
            observer.RunFinished(ended, ended.Published ? run.Lineage : null);
        foreach (var observer in _statistics)
            observer.RunCompleted(cost);
        return ended;
    }

    private RunExecution Execution(
        Pipeline pipeline, RunRequest request, RunRecord started, PipelineLease lease, RunPins? pins, IProgress<RunProgress>? progress)
    {
        var scope = new RunScope(
            new RunInfo(started.Id, pipeline.Name, started.Partition, started.Attempt), new RunParameters(started.StartedAt, _options.Seed) { RunId = started.Id }, _data, _options);
        return new RunExecution(pipeline, request, started, lease, _planner, _data, _metadata, _failpoints, scope, _options, pins, progress);
    }

    private Pipeline Find(string name) => _catalog.TryFind(name, out var pipeline)
        ? pipeline
        : throw new PlanException($"There is no pipeline '{name}'; the pipelines are {string.Join(", ", _catalog.Pipelines.Select(p => p.Name))}.");
}
