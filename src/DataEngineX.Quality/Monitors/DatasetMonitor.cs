namespace DataEngineX.Quality;

/// <summary>Watches metrics of a dataset, partition by partition: judges each new value by its history, then adds it to it.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="monitors">What is watched.</param>
public sealed class DatasetMonitor(DatasetId dataset, params IReadOnlyList<MetricMonitor> monitors)
{
    /// <summary>The dataset.</summary>
    public DatasetId Dataset => dataset;

    /// <summary>What is watched.</summary>
    public IReadOnlyList<MetricMonitor> Monitors => monitors;

    /// <summary>Judges a profile and remembers it. Doing it again for the same time and run gives the same verdicts and changes nothing.</summary>
    /// <param name="history">The values before.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="at">What time it is of.</param>
    /// <param name="partition">The partition, whose history is its own. <value>Default: null, none.</value></param>
    /// <param name="runId">The run. <value>Default: null, none.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One verdict a monitor; an error where a profile does not have the metric.</returns>
    public ValueTask<IReadOnlyList<Verdict>> ObserveAsync(
        IMetricHistory history, Profile profile, DateTimeOffset at, string? partition = null, string? runId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return ObserveAsync(history, (metric, column) => Metrics.Of(profile, metric, column), at, partition, runId, cancellationToken);
    }

    /// <summary>Judges metrics of one's own and remembers them.</summary>
    /// <param name="history">The values before.</param>
    /// <param name="measure">Gives the value of a metric and a column, NaN where there is none; its exceptions become verdicts of that metric alone.</param>
    /// <param name="at">What time the values are of.</param>
    /// <param name="partition">The partition. <value>Default: null, none.</value></param>
    /// <param name="runId">The run. <value>Default: null, none.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<IReadOnlyList<Verdict>> ObserveAsync(
        IMetricHistory history,
        Func<string, string?, double> measure,
        DateTimeOffset at,
        string? partition = null,
        string? runId = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(measure);
        var verdicts = new List<Verdict>();
        foreach (var monitor in monitors)
        {
            double value;
            try
            {
                value = measure(monitor.Metric, monitor.Column);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                verdicts.Add(monitor.NewVerdict(VerdictOutcome.Error) with { Message = e.Message });
                continue;
            }

            var key = new MetricKey(dataset, monitor.Metric, monitor.Column, partition);
            var point = new MetricPoint(at, value, runId);
            var before = await history.ReadAsync(key, cancellationToken).ConfigureAwait(false);
            // Only what is older counts: a run that is done again must not be judged by what came after it.
            var verdict = monitor.VerdictOf(monitor.Strategy.Judge([.. before.Where(p => p.At < at)], point), value);
            await history.AppendAsync(key, point, cancellationToken).ConfigureAwait(false);
            verdicts.Add(partition is null ? verdict : verdict with { Where = $"partition {partition}" });
        }

        return verdicts;
    }
}
