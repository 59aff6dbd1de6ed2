using System.Globalization;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality;

/// <summary>Watches how old the newest event of each partition is. Events after the clock are left out.</summary>
/// <param name="TimeColumn">The column with the time of the event: a timestamp or a date.</param>
/// <param name="WarnAfter">Older than this is a warning.</param>
/// <param name="ErrorAfter">Older than this is an error; not below <paramref name="WarnAfter"/>.</param>
/// <param name="PartitionColumn">The column that tells partitions apart. <value>Default: null, one for all rows.</value></param>
public sealed record FreshnessMonitor(string TimeColumn, TimeSpan WarnAfter, TimeSpan ErrorAfter, string? PartitionColumn = null)
{
    /// <summary>Older than this is an error.</summary>
    public TimeSpan ErrorAfter { get; init; } = ErrorAfter >= WarnAfter
        ? ErrorAfter
        : throw new ArgumentException($"An error after {ErrorAfter} would come before the warning after {WarnAfter}.", nameof(ErrorAfter));

    /// <summary>Finds the newest events of a flow and judges them.</summary>
    /// <param name="reader">Reads the flow.</param>
    /// <param name="flow">The rows.</param>
    /// <param name="now">The clock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One verdict a partition, in the order of their names; without rows one that is not evaluated.</returns>
    /// <exception cref="PlanException">A column is not there, or is no timestamp or date.</exception>
    public async ValueTask<IReadOnlyList<Verdict>> CheckAsync(
        FlowReader reader, Flow flow, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(flow);
        IReadOnlyList<NamedExpr> columns = PartitionColumn is null ? [Col(TimeColumn)] : [Col(TimeColumn), Col(PartitionColumn)];
        using var fold = new NewestEvents(now);
        await foreach (var batch in reader.ReadAsync(flow.Select(columns), cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                fold.Add(batch);
        }

        return Judge(fold.ToDictionary(), now);
    }

    /// <summary>Judges newest events that are known.</summary>
    /// <param name="newest">The newest event of each partition; null where there is none.</param>
    /// <param name="now">The clock.</param>
    public IReadOnlyList<Verdict> Judge(IReadOnlyDictionary<string, DateTimeOffset?> newest, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(newest);
        return newest.Count == 0
            ? [VerdictOf(null, null, now)]
            : [.. newest.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => VerdictOf(PartitionColumn is null ? null : p.Key, p.Value, now))];
    }

    private Verdict VerdictOf(string? partition, DateTimeOffset? newest, DateTimeOffset now)
    {
        var age = now - newest;
        var isStale = age > WarnAfter;
        return new Verdict
        {
            Rule = "monitor_freshness",
            Column = TimeColumn,
            Columns = [TimeColumn],
            Where = partition is null ? null : $"partition {partition}",
            Expectation = $"the newest {TimeColumn} is at most {WarnAfter:c} old",
            Outcome = age is null ? VerdictOutcome.NotEvaluated : isStale ? VerdictOutcome.Fail : VerdictOutcome.Pass,
            Severity = age > ErrorAfter || !isStale ? Severity.Error : Severity.Warning,
            Checked = age is null ? 0 : 1,
            Failed = isStale ? 1 : 0,
            Observed = newest is { } at
                ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:O}, {age:c} ago")
                : "no event that is not in the future",
        };
    }
}
