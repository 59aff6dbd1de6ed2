using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Finds out which partitions are done: what the last commit says, less what the inputs have changed since.</summary>
internal sealed class PartitionStates(Pipeline pipeline, TargetPartitions target, BoundNode described, DataAccess data, EngineOptions options)
{
    /// <summary>Where the cursor keeps the partitions that are done; no dataset has such an id.</summary>
    public const string CursorKey = "partitions";

    /// <summary>The partitions a commit says are done.</summary>
    public static IntervalSet DoneOf(CommitRecord? commit) =>
        commit?.Cursor.Positions.TryGetValue(CursorKey, out var text) == true ? IntervalSet.Parse(text) : IntervalSet.Empty;

    /// <summary>Whether a commit was made by the pipeline as it is now; of commits of earlier releases that is not known, and they count as such.</summary>
    public bool IsSamePlan(CommitRecord? commit) => commit?.Fingerprint is null || string.Equals(commit.Fingerprint, pipeline.Fingerprint, StringComparison.Ordinal);

    /// <summary>Compares the last commit with the versions a run would read.</summary>
    public async ValueTask<PartitionState> ReadAsync(CommitRecord? last, IReadOnlyList<PinnedScan> scans, CancellationToken cancellationToken)
    {
        var partitioning = target.Partitioning;
        var first = partitioning.First;
        var all = IntervalSet.Of(first, partitioning.EndAt(data.Clock.GetUtcNow()));
        var before = DoneOf(last);
        var planned = new List<PlannedPartitions>();
        var done = before;
        Plan(all.Except(before), last is null ? "new: the target has no commit of this pipeline yet" : "new: not computed yet");
        if (!IsSamePlan(last))
            Plan(done, "code changed: the pipeline is not the one that computed them");
        if (last is not null)
        {
            foreach (var scan in scans)
            {
                var (changed, reason) = await ChangedAsync(scan, last.Cursor[scan.Input.Dataset], cancellationToken).ConfigureAwait(false);
                Plan(done.Intersect(changed ?? done), reason);
            }
        }

        var recent = all.Intersect(IntervalSet.Of(partitioning.EndAt(data.Clock.GetUtcNow()) - target.LookBack, long.MaxValue));
        Plan(done.Intersect(recent), "look-back: the last partitions are computed again");
        return new PartitionState(done, planned);

        void Plan(IntervalSet partitions, string reason)
        {
            if (partitions.Count == 0)
                return;
            done = done.Except(partitions);
            planned.Add(PartitionState.Because(reason, partitions, partitioning));
        }
    }

    /// <summary>Whether the position that a commit has of a dataset is one of another that stood in its place.</summary>
    public ValueTask<bool> IsAnotherAsync(DatasetId dataset, CommitRecord? commit, CancellationToken cancellationToken) =>
        InputIdentity.IsAnotherAsync(PlanWalk.Scans(pipeline.Plan).First(s => s.Source.Dataset == dataset).Source, data, commit?.Cursor, cancellationToken);

    private async ValueTask<(IntervalSet? Partitions, string Reason)> ChangedAsync(PinnedScan scan, string? from, CancellationToken cancellationToken) => scan.IsAnother
        ? (null, $"upstream changed: {scan.Input.Dataset} was deleted and made anew")
        : await ChangedAsync(scan.Input.Dataset, from, scan.Input.Position, cancellationToken).ConfigureAwait(false);

    /// <summary>The partitions of which rows came, changed or went between two positions of an input; null for all.</summary>
    public async ValueTask<(IntervalSet? Partitions, string Reason)> ChangedAsync(DatasetId dataset, string? from, string to, CancellationToken cancellationToken)
    {
        if (string.Equals(from, to, StringComparison.Ordinal))
            return (IntervalSet.Empty, "");
        var scans = PlanWalk.Nodes(described).OfType<BoundScan>().Where(s => s.Scan.Source.Dataset == dataset).ToList();
        if (scans.Exists(s => s.Scan.Partition is null))
            return (null, $"upstream changed: {dataset}, which is read in full, is at {to}, not {from ?? "nothing"}");

        // A source that does not tell its changes is asked again by look-back or by hand.
        if (!scans.TrueForAll(s => s.Scan.Source.TellsChanges))
            return (IntervalSet.Empty, "");
        if (from is null)
            return (null, $"upstream changed: {dataset} has been computed without");
        try
        {
            var changed = IntervalSet.Empty;
            foreach (var scan in scans)
                changed = changed.Union(await ChangedAsync(scan, new InputVersion(dataset, to, from, HasData: true), cancellationToken).ConfigureAwait(false));
            return (changed, $"late: rows of {dataset} came, changed or went in ({from}, {to}]");
        }
        catch (DataEngineXException e)
        {
            return (null, $"upstream changed: what {dataset} changed in ({from}, {to}] cannot be told. {e.Message}");
        }
    }

    private async ValueTask<IntervalSet> ChangedAsync(BoundScan scan, InputVersion input, CancellationToken cancellationToken)
    {
        var scope = new RunScope(new RunInfo("plan", pipeline.Name, null, 1), new RunParameters(data.Clock.GetUtcNow(), options.Seed), data, options);
        var request = new ScanRequest { Input = input, Schema = scan.PartitionSchema, Context = new EngineContext(scope, scan) };
        var changed = IntervalSet.Empty;
        var numbers = new HashSet<long>();
        await foreach (var batch in scan.Scan.Source.ReadChangesAsync(request, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                target.Partitioning.Collect(batch.Column(0), numbers);
            changed = changed.Union(IntervalSet.Of(numbers.Select(n => new Interval(n, n + 1))));
            numbers.Clear();
        }

        return changed;
    }
}
