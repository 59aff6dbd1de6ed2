using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace DataEngineX.Hosting.Tests.Telemetry;

public sealed class TelemetryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Feed _in = new Feed("in").With(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_are_counted_timed_and_their_rows_told()
    {
        await using var host = await Host().StartedAsync();
        var meters = host.Get<IMeterFactory>();
        using var runs = new MetricCollector<long>(meters, DataEngineXDiagnostics.Pipelines, "dataenginex.runs");
        using var durations = new MetricCollector<double>(meters, DataEngineXDiagnostics.Pipelines, "dataenginex.run.duration");
        using var rows = new MetricCollector<long>(meters, DataEngineXDiagnostics.Pipelines, "dataenginex.rows");
        using var active = new MetricCollector<long>(meters, DataEngineXDiagnostics.Pipelines, "dataenginex.runs.active");

        var queue = host.Get<IRunQueue>();
        queue.Enqueue(new RunRequest("p"));
        await host.UntilRunsAsync(1);
        _in.OnRead = _ => throw new InvalidOperationException("broken");
        _in.Publish();
        queue.Enqueue(new RunRequest("p"));
        await host.UntilRunsAsync(2);
        await Until.Is(() => runs.GetMeasurementSnapshot().Count == 2);

        Assert.Equal(["succeeded", "failed"], runs.GetMeasurementSnapshot().Select(m => m.Tags["state"]));
        Assert.All(runs.GetMeasurementSnapshot(), m => Assert.Equal((1, "p"), (m.Value, m.Tags["pipeline"])));
        Assert.All(durations.GetMeasurementSnapshot(), m => Assert.True(m.Value > 0));
        Assert.Equal(3, rows.GetMeasurementSnapshot().Where(m => Equals(m.Tags["kind"], "written")).Sum(m => m.Value));
        Assert.Equal([1, -1, 1, -1], active.GetMeasurementSnapshot().Select(m => m.Value));
    }

    [Fact]
    public async Task Verdicts_are_counted_by_rule_and_outcome_and_so_are_the_rows_that_violate()
    {
        await using var host = await new TestHost(_folder, dex => dex.AddPipeline("p", p => p
            .Read(_in.AsSource()).Check(q => q.Between("n", 0, 1).Warn().Unique("n")).Into(new Feed("out").AsTarget()))).StartedAsync();
        var meters = host.Get<IMeterFactory>();
        using var verdicts = new MetricCollector<long>(meters, DataEngineXDiagnostics.Pipelines, "dataenginex.verdicts");
        using var violations = new MetricCollector<long>(meters, DataEngineXDiagnostics.Pipelines, "dataenginex.violations");

        host.Get<IRunQueue>().Enqueue(new RunRequest("p"));
        await host.UntilRunsAsync(1);
        await Until.Is(() => verdicts.GetMeasurementSnapshot().Count == 2);

        Assert.Equal(
            ["p between n warning fail", "p unique n error pass"],
            verdicts.GetMeasurementSnapshot().Select(m => string.Join(' ', new[] { "pipeline", "rule", "column", "severity", "outcome" }.Select(t => m.Tags[t]))));
        Assert.Equal([2, 0], violations.GetMeasurementSnapshot().Select(m => m.Value));
    }

    [Fact]
    public async Task Slots_tell_how_late_they_were_claimed()
    {
        await using var host = await Host().StartedAsync();
        using var lag = new MetricCollector<double>(host.Get<IMeterFactory>(), DataEngineXDiagnostics.Hosting, "dataenginex.schedule.lag");
        await Until.AsyncIs(() => host.Metadata.GetLastSlotAsync("x").AsTask(), _ => host.Logs.Lines.Any(l => l.Id.Id == 3000));
        await Task.Delay(100);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        await Until.Is(() => lag.GetMeasurementSnapshot().Count == 1);

        Assert.Equal(60, lag.LastMeasurement!.Value);
    }

    [Fact]
    public async Task Alerts_are_counted_by_kind_and_outcome()
    {
        await using var webhook = new Webhook();
        _in.OnRead = _ => throw new InvalidOperationException("broken");
        await using var host = await Host(webhook.Address).StartedAsync();
        using var alerts = new MetricCollector<long>(host.Get<IMeterFactory>(), DataEngineXDiagnostics.Hosting, "dataenginex.alerts");
        host.Get<IRunQueue>().Enqueue(new RunRequest("p"));
        await Until.Is(() => alerts.GetMeasurementSnapshot().Count == 1);

        Assert.Equal(("failure", "sent"), (alerts.LastMeasurement!.Tags["kind"], alerts.LastMeasurement.Tags["outcome"]));
    }

    [Fact]
    public async Task A_run_is_one_trace()
    {
        var ended = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => DataEngineXDiagnostics.All.Contains(s.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await Host().StartedAsync();
        var run = host.Get<IRunQueue>().Enqueue(new RunRequest("p"));
        await Until.Is(() => ended.Any(a => a.OperationName == "dataenginex.place" && Equals(a.GetTagItem("dataenginex.run.id"), run.Id)));

        var place = ended.Single(a => a.OperationName == "dataenginex.place" && Equals(a.GetTagItem("dataenginex.run.id"), run.Id));
        var inner = ended.Single(a => a.OperationName == "run p" && Equals(a.GetTagItem("dataenginex.run.id"), run.Id));
        Assert.Equal(place.SpanId, inner.ParentSpanId);
        Assert.Equal("succeeded", place.GetTagItem("dataenginex.run.state"));
    }

    private TestHost Host(Uri? webhook = null) => new(_folder, dex =>
    {
        dex.AddCopy("p", _in, new Feed("out")).Schedule("p", "0 * * * *");
        if (webhook is not null)
            dex.UseWebhookAlerts(webhook);
    });
}
