using DataEngineX.Pipelines;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Quality.Tests.Monitors;

/// <summary>Monitors inside real runs.</summary>
public class WatchTests
{
    [Fact]
    public async Task A_run_with_an_anomaly_is_stopped_and_not_remembered()
    {
        var state = new InMemoryState();
        for (var day = 0; day < 6; day++)
        {
            var run = await DayAsync(100 + day, state, Gate.Stop);
            Assert.Equal(RunState.Succeeded, run.State);
            Assert.Equal(day < 4 ? VerdictOutcome.NotEvaluated : VerdictOutcome.Pass, run.Verdicts.Single().Outcome);
        }

        var stopped = await DayAsync(20, state, Gate.Stop);
        Assert.Equal((RunState.Failed, false), (stopped.State, stopped.Published));
        Assert.Contains("monitor_rows", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(VerdictOutcome.Fail, stopped.Verdicts.Single().Outcome);
        var history = new MetadataMetricHistory(state.Metadata);
        var points = await history.ReadAsync(new MetricKey(new DatasetId("pipeline", "watched"), Metrics.Rows));
        Assert.Equal([100.0, 101, 102, 103, 104, 105], points.Select(p => p.Value));
        Assert.All(points, p => Assert.NotNull(p.RunId));
    }

    [Theory]
    [InlineData(FailpointNames.BeforeTargetCommit)]
    [InlineData(FailpointNames.DataFilesWritten)]
    public async Task A_run_whose_commit_fails_is_not_remembered(string place)
    {
        var state = new InMemoryState();
        var history = new InMemoryMetricHistory();
        var monitor = new MetricMonitor(Metrics.Rows, new ThresholdStrategy(Max: 1000));
        var failed = await DayAsync(10, state, Gate.Stop, history, monitor, new ThrowingFailpoints().Arm(place, () => new InvalidOperationException("no")));
        Assert.Equal(RunState.Failed, failed.State);
        var key = new MetricKey(new DatasetId("pipeline", "watched"), Metrics.Rows);
        Assert.Empty(await history.ReadAsync(key));
        Assert.Equal(RunState.Succeeded, (await DayAsync(11, state, Gate.Stop, history, monitor)).State);
        Assert.Equal(11, Assert.Single(await history.ReadAsync(key)).Value);
    }

    [Fact]
    public async Task A_history_that_cannot_be_written_fails_no_run_that_has_published()
    {
        var run = await DayAsync(10, new InMemoryState(), Gate.Stop, new BrokenHistory(), new MetricMonitor(Metrics.Rows, new ThresholdStrategy(Max: 1000)));
        Assert.Equal((RunState.Succeeded, true), (run.State, run.Published));
        Assert.Equal("After the rows were published: full", Assert.Single(run.Warnings));
    }

    [Fact]
    public async Task A_warning_lets_the_run_pass_and_a_history_of_ones_own_is_used()
    {
        var history = new InMemoryMetricHistory();
        var state = new InMemoryState();
        var run = await DayAsync(40, state, Gate.Warn, history, new MetricMonitor(Metrics.NullShare, new ThresholdStrategy(Max: 0.1), "x"));
        Assert.Equal((RunState.Succeeded, 40L), (run.State, run.Rows.Written));
        Assert.Equal(VerdictOutcome.Fail, run.Verdicts.Single().Outcome);
        Assert.Equal(0.25, Assert.Single(await history.ReadAsync(new MetricKey(new DatasetId("pipeline", "watched"), Metrics.NullShare, "x"))).Value);
    }

    [Fact]
    public void What_cannot_be_watched_is_refused_when_it_is_described()
    {
        var flow = Flow.Table(Layer.Bronze, "items");
        Assert.Throws<ArgumentException>(() => flow.Watch(Gate.Stop));
        Assert.Throws<ArgumentException>(() => flow.Watch(Gate.Quarantine, MetricMonitor.Volume()));
        Assert.Equal(
            "watch monitors=[\"rows robust(3.5, Weekly, 60, 0.01, 4) Error fails on zero\"] gate=\"Stop\"", flow.Watch(Gate.Stop, MetricMonitor.Volume()).Node.ToString());
    }

    /// <summary>A day later, a host over the same store runs the pipeline on so many rows.</summary>
    private static async Task<RunRecord> DayAsync(
        int rows, InMemoryState state, Gate gate, IMetricHistory? history = null, MetricMonitor? monitor = null, IFailpoints? failpoints = null)
    {
        state.Clock.Advance(TimeSpan.FromDays(1));
        await using var lake = new InMemoryLakehouse(
            dex =>
            {
                if (history is not null)
                    dex.Services.AddSingleton(history);
                dex.AddPipeline("watched", p => p
                    .ReadRows("items", Enumerable.Range(0, rows).Select(i => new Item(i % 4 == 0 ? null : i)).ToArray())
                    .Watch(gate, monitor ?? new MetricMonitor(Metrics.Rows, new RobustStrategy { LeastRoom = 0.1 }))
                    .ReplaceTable(Layer.Silver, "items").Unkeyed("a test"));
            },
            state,
            failpoints);
        return await lake.RunAsync("watched");
    }

    private sealed class BrokenHistory : IMetricHistory
    {
        public ValueTask AppendAsync(MetricKey key, MetricPoint point, CancellationToken cancellationToken = default) => throw new IOException("full");

        public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(MetricKey key, CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<MetricPoint>>([]);
    }

    private sealed record Item(long? X);
}
