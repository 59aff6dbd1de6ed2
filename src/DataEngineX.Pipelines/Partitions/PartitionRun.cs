using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The partitions that one run computes, and what its commit says is done afterwards.</summary>
internal sealed record PartitionRun(TargetPartitions Target, IntervalSet Partitions, PartitionState State, PartitionStates States)
{
    /// <summary>The most intervals of one run; more would make its conditions slow.</summary>
    public const int MostIntervals = 64;

    /// <summary>The names of the partitions.</summary>
    public string Name => Target.Partitioning.NameOf(Partitions);

    /// <summary>The condition on the target's rows.</summary>
    public Expr Condition => Target.Partitioning.Covers(Partitions, Target.Column);

    /// <summary>The partitions a run without any named computes: those that are pending, or the first of them.</summary>
    public static IntervalSet Next(PartitionState state) => IntervalSet.Of(state.Pending.Intervals.Take(MostIntervals));

    /// <summary>The plan that reads these partitions only.</summary>
    public PlanNode Narrow(PlanNode plan, BoundNode described)
    {
        var schemas = PlanWalk.Nodes(described).OfType<BoundScan>().DistinctBy(s => s.Scan.Source).ToDictionary(s => s.Scan.Source, s => s.Schema);
        return PlanWalk.Rewrite(plan, scan => scan.Partition is { } by
            ? new FilterNode(scan, by.Partitioning.Covers(Partitions, schemas[scan.Source].GetFieldByName(by.Column)))
            : scan);
    }

    /// <summary>The cursor after this run, whatever other runs of the pipeline have committed since it was planned.</summary>
    /// <param name="last">The pipeline's last commit.</param>
    /// <param name="inputs">The versions this run has read.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<Cursor> AfterAsync(CommitRecord? last, IReadOnlyList<InputVersion> inputs, CancellationToken cancellationToken)
    {
        var (done, mine) = (PartitionStates.DoneOf(last), Partitions);
        var cursor = Cursor.Empty;
        foreach (var input in inputs)
        {
            var isAnother = await States.IsAnotherAsync(input.Dataset, last, cancellationToken).ConfigureAwait(false);
            var there = isAnother ? null : last?.Cursor[input.Dataset];
            var isOlder = IsOlder(input.Position, there);
            cursor = isOlder ? cursor.With(input.Dataset.ToString(), there!, last!.Cursor.Identities.GetValueOrDefault(input.Dataset.ToString())) : cursor.With(input);
            if (there is null && last is null)
                continue;
            var (changed, _) = isOlder
                ? await States.ChangedAsync(input.Dataset, input.Position, there!, cancellationToken).ConfigureAwait(false)
                : await States.ChangedAsync(input.Dataset, there, input.Position, cancellationToken).ConfigureAwait(false);

            // What changed between the two versions is not done by whoever read the older one.
            if (isOlder)
                mine = changed is null ? IntervalSet.Empty : mine.Except(changed);
            else
                done = changed is null ? IntervalSet.Empty : done.Except(changed);
        }

        if (!States.IsSamePlan(last))
            done = IntervalSet.Empty;
        // What this run has written from older versions than another run before it counts as done by nobody.
        return cursor.With(PartitionStates.CursorKey, done.Except(Partitions).Union(mine).ToString());
    }

    /// <summary>Whether a position comes before another; of positions that cannot be compared the newly read one counts as the newer.</summary>
    private static bool IsOlder(string position, string? other) =>
        long.TryParse(position, out var mine) && long.TryParse(other, out var theirs) && mine < theirs;
}
