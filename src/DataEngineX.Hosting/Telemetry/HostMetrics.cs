using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataEngineX.Hosting.Health;

namespace DataEngineX.Hosting.Telemetry;

/// <summary>All instruments of the host, described in docs/hosting.md. The meter of runs is that of pipelines, all else that of the host.</summary>
internal sealed class HostMetrics
{
    private const int MostRefusedNames = 100;

    private readonly Counter<long> _runs;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _refused;
    private readonly FewNames _refusedNames = new(MostRefusedNames);
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _violations;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _alerts;

    public HostMetrics(IMeterFactory meters, FreshnessMonitor freshness)
    {
        var runs = meters.Create(DataEngineXDiagnostics.Pipelines);
        var host = meters.Create(DataEngineXDiagnostics.Hosting);
        _runs = runs.CreateCounter<long>("dataenginex.runs", "{run}", "Runs ended, by pipeline and state.");
        _duration = runs.CreateHistogram(
            "dataenginex.run.duration",
            "s",
            "Duration of runs in real time, by pipeline and state.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600] });
        _active = runs.CreateUpDownCounter<long>("dataenginex.runs.active", "{run}", "Runs at work, by pipeline.");
        _rows = runs.CreateCounter<long>("dataenginex.rows", "{row}", "Rows of ended runs, by pipeline and kind.");
        _quarantined = runs.CreateCounter<long>("dataenginex.quarantined.rows", "{row}", "Rows set aside by ended runs, by pipeline.");
        _refused = runs.CreateCounter<long>(
            "dataenginex.refused.inputs", "{input}", "Inputs, such as files, refused whole by ended runs, by pipeline and input; the first hundred inputs by name.");
        _verdicts = runs.CreateCounter<long>(
            "dataenginex.verdicts", "{verdict}", "Verdicts of ended runs, by pipeline, rule, column, outcome and severity.");
        _violations = runs.CreateCounter<long>(
            "dataenginex.violations", "{row}", "Rows, or other things checked, that violate a rule, by pipeline, rule, column and severity.");
        _lag = host.CreateHistogram(
            "dataenginex.schedule.lag",
            "s",
            "Time by the host's clock between a slot and its claim, by pipeline.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 5, 30, 60, 300, 1800, 3600, 21600, 86400] });
        _alerts = host.CreateCounter<long>("dataenginex.alerts", "{alert}", "Alerts, by kind (failure, recovery) and outcome (sent, failed, dropped).");
        host.CreateObservableGauge(
            "dataenginex.dataset.age",
            () => freshness.Known.Where(s => s.Age is not null).Select(s => new Measurement<double>(
                s.Age!.Value.TotalSeconds, new KeyValuePair<string, object?>(TagNames.Dataset, s.Dataset.ToString()))),
            "s",
            "Age of the newest event of a dataset with a freshness policy, by the host's clock.");
    }

    public void Started(RunRecord run) => _active.Add(1, Tag(TagNames.Pipeline, run.Pipeline));

    /// <param name="run">The run ended.</param>
    /// <param name="duration">How long it took, or null when it did not start in this process.</param>
    public void Finished(RunRecord run, TimeSpan? duration)
    {
        var tags = new TagList { Tag(TagNames.Pipeline, run.Pipeline), Tag(TagNames.State, TagNames.Of(run.State)) };
        _runs.Add(1, tags);
        if (duration is { } elapsed)
        {
            _active.Add(-1, Tag(TagNames.Pipeline, run.Pipeline));
            _duration.Record(elapsed.TotalSeconds, tags);
        }

        Rows(run.Pipeline, "read", run.Rows.Read);
        Rows(run.Pipeline, "generated", run.Rows.Generated);
        Rows(run.Pipeline, "written", run.Rows.Written);
        Rows(run.Pipeline, "filtered", run.Rows.Filtered);
        Rows(run.Pipeline, "quarantined", run.Rows.Quarantined);
        _quarantined.Add(run.Rows.Quarantined, Tag(TagNames.Pipeline, run.Pipeline));
        foreach (var input in run.Refused)
            _refused.Add(1, Tag(TagNames.Pipeline, run.Pipeline), Tag(TagNames.Input, _refusedNames.Of(input)));
        foreach (var verdict in run.Verdicts)
            Judged(run.Pipeline, verdict);
    }

    public void Lag(string pipeline, TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds), Tag(TagNames.Pipeline, pipeline));

    public void Alert(string kind, string outcome) => _alerts.Add(1, Tag(TagNames.Kind, kind), Tag(TagNames.Outcome, outcome));

    /// <summary>Groups of a rule are counted together: there may be as many of them as values.</summary>
    private void Judged(string pipeline, Verdict verdict)
    {
        var tags = new TagList
        {
            Tag(TagNames.Pipeline, pipeline),
            Tag(TagNames.Rule, verdict.Rule),
            Tag(TagNames.Column, verdict.Column ?? ""),
            Tag(TagNames.Severity, TagNames.Of(verdict.Severity)),
        };
        _violations.Add(verdict.Failed, tags);
        tags.Add(Tag(TagNames.Outcome, TagNames.Of(verdict.Outcome)));
        _verdicts.Add(1, tags);
    }

    private void Rows(string pipeline, string kind, long rows) =>
        _rows.Add(rows, Tag(TagNames.Pipeline, pipeline), Tag(TagNames.Kind, kind));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
