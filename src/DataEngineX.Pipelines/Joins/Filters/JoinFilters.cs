using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// Filters that a join gives to the sources of its streamed side: once the held side is complete, only streamed rows whose keys are among the held
/// ones can come out of most joins.
/// </summary>
/// <param name="Targets">The scans, and the key of the join that a column of theirs is.</param>
internal sealed record JoinFilters(IReadOnlyList<(int Key, BoundScan Scan, string Column)> Targets)
{
    /// <summary>What can be given for a plan.</summary>
    /// <param name="plan">The join.</param>
    /// <param name="probe">The streamed side.</param>
    public static JoinFilters Of(JoinPlan plan, BoundNode probe)
    {
        var targets = new List<(int, BoundScan, string)>();
        for (var key = 0; DropsUnmatchedProbe(plan) && key < plan.ProbeKeys.Count; key++)
        {
            if (plan.ProbeKeys[key].Expression is ColumnExpr column && KeyFilter.HasOneFor(plan.ProbeKeys[key].Type))
                targets.AddRange(FilterPath.From(probe, column.Name).Select(t => (key, t.Scan, t.Column)));
        }

        return new JoinFilters(targets);
    }

    /// <summary>Gives the filters to the scans, which have not started yet.</summary>
    public void Give(BuildSide build, EngineContext context)
    {
        foreach (var group in Targets.GroupBy(t => t.Key))
        {
            if (KeyFilter.Of(build.HeldKeys.Chunks, group.Key) is not { } filter)
                continue;
            foreach (var (_, scan, column) in group)
                context.GiveFilter(scan, filter.On(column));
        }
    }

    /// <summary>An anti join yields the left rows without a partner: it may leave out rows of the right side only.</summary>
    private static bool DropsUnmatchedProbe(JoinPlan plan) => !plan.KeepsProbe && !(plan.Kind == JoinKind.Anti && !plan.BuildsLeft);
}
