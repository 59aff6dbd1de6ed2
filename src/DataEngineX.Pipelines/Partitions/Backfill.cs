namespace DataEngineX.Pipelines;

/// <summary>
/// Computes partitions that are not done, some at once. What is done stands in the target's own commits, so that a backfill that was cancelled or
/// died is resumed by ordering it again; a run that fails holds up no other.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="runner">Plans.</param>
/// <param name="placement">Executes the runs, here or elsewhere.</param>
/// <param name="metadata">Knows the runs that failed.</param>
/// <param name="clock">The host's clock.</param>
/// <param name="failpoints">Where tests make it fail. <value>Default: null, nowhere.</value></param>
public sealed class Backfill(
    IPipelineCatalog catalog, IPipelineRunner runner, IRunPlacement placement, IMetadataStore metadata, TimeProvider clock, IFailpoints? failpoints = null)
{
    private const int MostFailures = 100;

    private readonly IFailpoints _failpoints = failpoints ?? NoFailpoints.Instance;

    /// <summary>Runs until all partitions asked for have had their turn.</summary>
    /// <param name="request">Which, and how many at once.</param>
    /// <param name="progress">Hears of each run that ended. <value>Default: null.</value></param>
    /// <param name="cancellationToken">Ends the work; partitions done stay done.</param>
    /// <exception cref="PlanException">There is no such pipeline or partition, or the pipeline has no partitions.</exception>
    public async ValueTask<BackfillResult> RunAsync(BackfillRequest request, IProgress<RunRecord>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Parallelism, 1, nameof(request));
        var partitioning = PartitioningOf(request.Pipeline);
        var todo = await TodoAsync(request, partitioning, cancellationToken).ConfigureAwait(false);
        var pieces = request.OnlyFailed
            ? await FailedAsync(request.Pipeline, partitioning, todo, cancellationToken).ConfigureAwait(false)
            : todo.Pieces(request.PartitionsPerRun).Select(p => IntervalSet.Of(p.From, p.To));
        var tally = new Tally();
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pieces, options, async (piece, stop) =>
        {
            var name = partitioning.NameOf(piece);
            tally.Add(name, piece, await RunAsync(request, name, progress, stop).ConfigureAwait(false));
            await _failpoints.HitAsync(FailpointNames.BackfillRunEnded, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return tally.Result(todo);
    }

    private async ValueTask<string?> RunAsync(BackfillRequest request, string partition, IProgress<RunRecord>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var order = new RunRequest(request.Pipeline, RunTriggers.Backfill, partition, RunId.New(clock)) { IsFull = request.Again };
            var run = await placement.ExecuteAsync(order, cancellationToken).ConfigureAwait(false);
            progress?.Report(run);
            return run.State == RunState.Succeeded ? null : run.Error ?? "cancelled";
        }
        catch (DataEngineXException e)
        {
            return e.Message;
        }
    }

    private Partitioning PartitioningOf(string name)
    {
        if (!catalog.TryFind(name, out var pipeline))
            throw new PlanException($"There is no pipeline '{name}'; the pipelines are {string.Join(", ", catalog.Pipelines.Select(p => p.Name))}.");
        return pipeline.Partition?.Partitioning
            ?? throw new PlanException($"'{name}' has no partitions that could be computed one by one: divide its read with Partitioned(...).");
    }

    private async ValueTask<IntervalSet> TodoAsync(BackfillRequest request, Partitioning partitioning, CancellationToken cancellationToken)
    {
        var from = request.From is { } first ? partitioning.NumberOf(first) : partitioning.First;
        var to = request.To is { } last ? partitioning.NumberOf(last) + 1 : partitioning.EndAt(clock.GetUtcNow());
        var range = IntervalSet.Of(Math.Max(from, partitioning.First), to);
        if (request.Again)
            return request.Resumes is null ? range : range.Except(await DoneSinceAsync(request, partitioning, cancellationToken).ConfigureAwait(false));
        var plan = await runner.PlanAsync(request.Pipeline, cancellationToken).ConfigureAwait(false);
        return plan.Partitions.Aggregate(IntervalSet.Empty, (all, p) => all.Union(p.Partitions)).Intersect(range);
    }

    /// <summary>The partitions that runs of a backfill have computed. Ids tell the time: what is older than the backfill belongs to another one.</summary>
    private async ValueTask<IntervalSet> DoneSinceAsync(BackfillRequest request, Partitioning partitioning, CancellationToken cancellationToken)
    {
        var done = IntervalSet.Empty;
        string? before = null;
        while (true)
        {
            var page = await metadata.ListRunsAsync(
                new RunQuery { Pipeline = request.Pipeline, State = RunState.Succeeded, Before = before, Limit = 500 }, cancellationToken).ConfigureAwait(false);
            foreach (var run in page)
            {
                if (string.CompareOrdinal(run.Id, request.Resumes) < 0)
                    return done;
                if (run.Trigger == RunTriggers.Backfill && run.Partition is { } name && TryParse(partitioning, name) is { } partitions)
                    done = done.Union(partitions);
            }

            if (page.Count == 0)
                return done;
            before = page[^1].Id;
        }
    }

    /// <summary>The partitions of runs that failed, run by run, as far as they are still to be done.</summary>
    private async ValueTask<IEnumerable<IntervalSet>> FailedAsync(string pipeline, Partitioning partitioning, IntervalSet todo, CancellationToken cancellationToken)
    {
        var failed = new SortedDictionary<string, IntervalSet>(StringComparer.Ordinal);
        string? before = null;
        while (true)
        {
            var page = await metadata.ListRunsAsync(
                new RunQuery { Pipeline = pipeline, State = RunState.Failed, Before = before, Limit = 500 }, cancellationToken).ConfigureAwait(false);
            foreach (var name in page.Select(r => r.Partition).OfType<string>().Where(n => !failed.ContainsKey(n)))
            {
                if (TryParse(partitioning, name) is { } partitions && partitions.Intersect(todo).Count > 0)
                    failed[name] = partitions;
            }

            if (page.Count == 0)
                return failed.Values;
            before = page[^1].Id;
        }
    }

    /// <summary>A pipeline that was divided otherwise before left runs whose partitions mean nothing now.</summary>
    private static IntervalSet? TryParse(Partitioning partitioning, string name)
    {
        try
        {
            return partitioning.Parse(name);
        }
        catch (PlanException)
        {
            return null;
        }
    }

    private sealed class Tally
    {
        private readonly Lock _lock = new();
        private readonly List<(string Partition, string Error)> _failures = [];
        private IntervalSet _done = IntervalSet.Empty;
        private long _runs;
        private long _failed;

        public void Add(string name, IntervalSet piece, string? error)
        {
            lock (_lock)
            {
                _runs++;
                if (error is null)
                    _done = _done.Union(piece);
                else if (++_failed <= MostFailures)
                    _failures.Add((name, error));
            }
        }

        public BackfillResult Result(IntervalSet asked) => new(asked, _done, _runs, _failures, _failed);
    }
}
