using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Quality.Tests.Monitors;

public class DatasetMonitorTests
{
    private static readonly DatasetId Items = DatasetId.Table(Layer.Silver, "items");
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 6, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Histories() => ["memory", "metadata"];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task Series_are_kept_apart_in_order_and_without_repeats(string kind)
    {
        var history = Create(kind);
        var key = new MetricKey(Items, "a/b", "c%2F", "day=2024-01-01");
        await history.AppendAsync(key, new MetricPoint(Start.AddDays(2), 3, "r3"));
        await history.AppendAsync(key, new MetricPoint(Start, 1, "r1"));
        await history.AppendAsync(key, new MetricPoint(Start.AddDays(1), double.NaN));
        await history.AppendAsync(key, new MetricPoint(Start, 5, "r1"));
        await history.AppendAsync(key with { Column = null }, new MetricPoint(Start, 9));
        await history.AppendAsync(key with { Column = "c/" }, new MetricPoint(Start, 10));
        await history.AppendAsync(key with { Partition = null }, new MetricPoint(Start, 11));
        Assert.Equal(
            [new MetricPoint(Start, 5, "r1"), new MetricPoint(Start.AddDays(1), double.NaN), new MetricPoint(Start.AddDays(2), 3, "r3")],
            await history.ReadAsync(key));
        Assert.Equal(10, Assert.Single(await history.ReadAsync(key with { Column = "c/" })).Value);
        Assert.Equal(11, Assert.Single(await history.ReadAsync(key with { Partition = null })).Value);
        Assert.Empty(await history.ReadAsync(new MetricKey(Items, "other")));
    }

    [Fact]
    public async Task Hosts_that_write_at_once_lose_nothing_and_old_points_go()
    {
        var store = new InMemoryMetadataStore();
        var key = new MetricKey(Items, Metrics.Rows);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(host => Task.Run(async () =>
        {
            var history = new MetadataMetricHistory(store, 50);
            for (var i = 0; i < 5; i++)
                await history.AppendAsync(key, new MetricPoint(Start.AddHours((host * 5) + i), host));
        })));
        var all = new MetadataMetricHistory(store, 50);
        Assert.Equal(40, (await all.ReadAsync(key)).Count);
        for (var i = 0; i < 30; i++)
            await all.AppendAsync(key, new MetricPoint(Start.AddDays(10 + i), i));
        var kept = await all.ReadAsync(key);
        Assert.Equal((50, 29.0), (kept.Count, kept[^1].Value));
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task A_day_with_half_the_rows_is_found(string kind)
    {
        var history = Create(kind);
        var monitor = new DatasetMonitor(Items, MetricMonitor.Volume(), new MetricMonitor(Metrics.NullShare, new ThresholdStrategy(Max: 0.3), "x") { Severity = Severity.Warning });
        for (var day = 0; day < 42; day++)
        {
            var verdicts = await monitor.ObserveAsync(history, await Day(1000 + (day % 7 * 100) + (day % 3)), Start.AddDays(day), runId: $"r{day}");
            Assert.Equal(day < 28 ? VerdictOutcome.NotEvaluated : VerdictOutcome.Pass, verdicts[0].Outcome);
            Assert.Equal(VerdictOutcome.Pass, verdicts[1].Outcome);
        }

        var half = await monitor.ObserveAsync(history, await Day(500), Start.AddDays(42), runId: "r42");
        Assert.Equal((VerdictOutcome.Fail, "monitor_rows", Severity.Error), (half[0].Outcome, half[0].Rule, half[0].Severity));
        Assert.StartsWith("500 is below ", half[0].Observed, StringComparison.Ordinal);
        // The very run again is judged as before.
        var again = await monitor.ObserveAsync(history, await Day(500), Start.AddDays(42), runId: "r42");
        Assert.Equal(half[0].Observed, again[0].Observed);
        Assert.Equal(43, (await history.ReadAsync(new MetricKey(Items, Metrics.Rows))).Count);
        var none = await monitor.ObserveAsync(history, await Day(0), Start.AddDays(43), "new partition");
        Assert.Equal((VerdictOutcome.Fail, "partition new partition"), (none[0].Outcome, none[0].Where));
        Assert.Equal(VerdictOutcome.NotEvaluated, none[1].Outcome);
    }

    [Fact]
    public async Task A_metric_that_cannot_be_had_is_an_error_of_its_own()
    {
        var monitor = new DatasetMonitor(
            Items,
            new MetricMonitor(Metrics.Mean, new ThresholdStrategy(), "gone"),
            new MetricMonitor("speed", new ThresholdStrategy()),
            new MetricMonitor(Metrics.Rows, new ThresholdStrategy(1)));
        var verdicts = await monitor.ObserveAsync(new InMemoryMetricHistory(), await Day(3), Start);
        Assert.Equal([VerdictOutcome.Error, VerdictOutcome.Error, VerdictOutcome.Pass], verdicts.Select(v => v.Outcome));
        Assert.StartsWith("There is no column 'gone'; there are x", verdicts[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no metric 'speed'", verdicts[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_those_of_the_profile()
    {
        var profile = await ProfileRun.OfAsync(
            ("x", DoubleType.Default, [0.0, 2.0, null, 4.0]), ("s", StringType.Default, ["ab", null, "abcd", "ab"]), ("b", BooleanType.Default, [true, false, null, true]));
        double Of(string metric, string? column = null) => Metrics.Of(profile, metric, column);
        Assert.Equal((4.0, 0.0, 0.25, 3.0), (Of(Metrics.Rows), Of(Metrics.DuplicateRows), Of(Metrics.NullShare, "x"), Of(Metrics.Distinct, "x")));
        Assert.Equal((2.0, 6.0, 0.0, 4.0, 2.0, 2.0), (Of(Metrics.Mean, "x"), Of(Metrics.Sum, "x"), Of(Metrics.Min, "x"), Of(Metrics.Max, "x"), Of(Metrics.Median, "x"), Of(Metrics.StandardDeviation, "x")));
        Close.To(1 / 3.0, Of(Metrics.ZeroShare, "x"));
        Close.To(8 / 3.0, Of(Metrics.MeanLength, "s"));
        Close.To(2 / 3.0, Of(Metrics.TrueShare, "b"));
        Assert.True(double.IsNaN(Of(Metrics.Mean, "s")));
        Assert.Throws<ArgumentException>(() => Of(Metrics.Mean));
        Assert.Throws<ArgumentException>(() => Of(Metrics.Rows, "x"));
    }

    [Fact]
    public async Task Freshness_is_told_for_each_partition()
    {
        var now = Start.AddDays(10);
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("write", p => p
            .ReadRows<Event>("events", [new("a", now.AddHours(-1)), new("a", now.AddHours(5)), new("b", now.AddHours(-3)), new("c", now.AddDays(-2)), new("d", now.AddHours(1)), new("e", null)])
            .AppendTo(Layer.Silver, "events").Unkeyed("a test")));
        await lake.RunAsync("write");
        var flow = Flow.Table(Layer.Silver, "events");
        var monitor = new FreshnessMonitor("at", TimeSpan.FromHours(2), TimeSpan.FromDays(1), "source");
        var verdicts = await monitor.CheckAsync(lake.Reader, flow, now);
        Assert.Equal(
            [
                ("partition a", VerdictOutcome.Pass, Severity.Error), ("partition b", VerdictOutcome.Fail, Severity.Warning),
                ("partition c", VerdictOutcome.Fail, Severity.Error), ("partition d", VerdictOutcome.NotEvaluated, Severity.Error),
                ("partition e", VerdictOutcome.NotEvaluated, Severity.Error),
            ],
            verdicts.Select(v => (v.Where!, v.Outcome, v.Severity)));
        Assert.EndsWith("03:00:00 ago", verdicts[1].Observed, StringComparison.Ordinal);
        var all = Assert.Single(await (monitor with { PartitionColumn = null }).CheckAsync(lake.Reader, flow, now));
        Assert.Equal((VerdictOutcome.Pass, (string?)null), (all.Outcome, all.Where));
        Assert.Equal(VerdictOutcome.NotEvaluated, Assert.Single(await monitor.CheckAsync(lake.Reader, flow.Take(0), now)).Outcome);
        await Assert.ThrowsAsync<PlanException>(async () => await (monitor with { TimeColumn = "source" }).CheckAsync(lake.Reader, flow, now));
        Assert.Throws<ArgumentException>(() => new FreshnessMonitor("at", TimeSpan.FromDays(2), TimeSpan.FromDays(1)));
    }

    private static IMetricHistory Create(string kind) => kind == "memory" ? new InMemoryMetricHistory() : new MetadataMetricHistory(new InMemoryMetadataStore());

    private static Task<Profile> Day(int rows) => ProfileRun.OfAsync(("x", Int64Type.Default, [.. Enumerable.Range(0, rows).Select(i => i % 5 == 0 ? null : (object?)(long)i)]));

    private sealed record Event(string Source, DateTimeOffset? At);
}
