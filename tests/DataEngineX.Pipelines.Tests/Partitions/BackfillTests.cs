using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Pipelines.Tests.Partitions;

/// <summary>Backfills: how many at once, what fails holds up nothing, and ordering one again goes on where the last one ended.</summary>
public sealed class BackfillTests
{
    private readonly InMemoryState _state = new();
    private readonly Watched _placement = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_partitions_run_and_never_more_at_once_than_asked()
    {
        await using var lake = await LakeAsync();
        _placement.Together = 3;
        var result = await BackfillAsync(lake, new BackfillRequest("daily") { Parallelism = 3, PartitionsPerRun = 2 });
        Assert.Equal((30L, 15L, 0L), (result.Done.Count, result.Runs, result.Failed));
        Assert.Equal(3, _placement.Most);
        Assert.Equal(30, (await lake.ReadAsync<Reading>(Layer.Gold, "daily", Cancel)).Count);
        Assert.Equal(0, (await BackfillAsync(lake, new BackfillRequest("daily"))).Runs);
    }

    [Fact]
    public async Task What_failed_runs_again_alone_with_its_own_partitions()
    {
        await using var lake = await LakeAsync();
        _placement.Refuses = r => r.Partition!.Contains("01-04", StringComparison.Ordinal) || r.Partition.Contains("01-19", StringComparison.Ordinal);
        var first = await BackfillAsync(lake, new BackfillRequest("daily") { Parallelism = 2, PartitionsPerRun = 3 });
        Assert.Equal((10L, 2L, 24L), (first.Runs, first.Failed, first.Done.Count));
        Assert.Equal(["2015-01-04..2015-01-06", "2015-01-19..2015-01-21"], first.Failures.Select(f => f.Partition).Order(StringComparer.Ordinal));
        _state.Clock.SetUtcNow(_state.Clock.GetUtcNow().AddDays(2));
        _placement.Refuses = _ => false;
        var again = await BackfillAsync(lake, new BackfillRequest("daily") { OnlyFailed = true, PartitionsPerRun = 1 });
        Assert.Equal((2L, 0L, 6L), (again.Runs, again.Failed, again.Done.Count));
        Assert.Equal(["2015-01-04..2015-01-06", "2015-01-19..2015-01-21"], _placement.Executed[^2..].Order(StringComparer.Ordinal));
        Assert.Equal(0, (await BackfillAsync(lake, new BackfillRequest("daily") { OnlyFailed = true })).Runs);
    }

    [Fact]
    public async Task A_cancelled_backfill_goes_on_where_it_ended()
    {
        await using var lake = await LakeAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        _placement.Ended = count =>
        {
            if (count == 7)
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await BackfillAsync(lake, new BackfillRequest("daily"), stop.Token));
        _placement.Ended = _ => { };
        var rest = await BackfillAsync(lake, new BackfillRequest("daily") { From = "2015-01-02", To = "2015-01-10" });
        Assert.Equal(3, rest.Runs);
        Assert.Equal(10, (await lake.ReadAsync<Reading>(Layer.Gold, "daily", Cancel)).Count);
        var again = await BackfillAsync(lake, new BackfillRequest("daily") { From = "2015-01-02", To = "2015-01-03", Again = true });
        Assert.Equal((2L, 2L), (again.Runs, again.Done.Count));
    }

    [Fact]
    public async Task A_pipeline_without_partitions_has_no_backfill()
    {
        await using var lake = new InMemoryLakehouse(dex => dex.AddPipeline("daily", p => p.ReadRows("r", Array.Empty<Reading>()).ReplaceTable(Layer.Gold, "daily")));
        var error = await Assert.ThrowsAsync<PlanException>(async () => await BackfillAsync(lake, new BackfillRequest("daily")));
        Assert.Contains("Partitioned(...)", error.Message, StringComparison.Ordinal);
    }

    private static async Task<BackfillResult> BackfillAsync(InMemoryLakehouse lake, BackfillRequest request, CancellationToken? stop = null) =>
        await lake.Services.GetRequiredService<Backfill>().RunAsync(request, null, stop ?? Cancel);

    private async Task<InMemoryLakehouse> LakeAsync()
    {
        DateTimeOffset first = new(2015, 1, 1, 1, 0, 0, TimeSpan.Zero);
        var rows = Enumerable.Range(0, 30).Select(d => new Reading("a", first.AddDays(d), d)).ToList();
        _state.Clock.SetUtcNow(first.AddDays(30));
        var lake = new InMemoryLakehouse(
            dex =>
            {
                dex.Services.AddSingleton<IRunPlacement>(p => _placement.Over(p.GetRequiredService<IPipelineRunner>(), _state.Metadata));
                dex.AddPipeline("feed", p => p.ReadRows("rows", rows).AppendTo(Layer.Silver, "readings").Unkeyed("a test"));
                dex.AddPipeline("daily", p => p.ReadTable<Reading>(Layer.Silver, "readings")
                    .Partitioned(r => r.At, Partitioning.Daily(new(2015, 1, 1))).ReplaceTable(Layer.Gold, "daily"));
            },
            _state);
        await lake.RunAsync("feed", Cancel);
        return lake;
    }

    /// <summary>A placement that counts, and makes runs fail as one on another machine might.</summary>
    private sealed class Watched : IRunPlacement
    {
        private readonly Lock _lock = new();
        private readonly List<string> _executed = [];
        private readonly TaskCompletionSource _together = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private IPipelineRunner? _runner;
        private IMetadataStore? _metadata;
        private int _now;

        public Func<RunRequest, bool> Refuses { get; set; } = _ => false;

        public Action<int> Ended { get; set; } = _ => { };

        public int Most { get; private set; }

        /// <summary>So many runs wait for each other before the first of them begins.</summary>
        public int Together { get; set; } = 1;

        public List<string> Executed
        {
            get
            {
                lock (_lock)
                    return [.. _executed];
            }
        }

        public Watched Over(IPipelineRunner runner, IMetadataStore metadata)
        {
            (_runner, _metadata) = (runner, metadata);
            return this;
        }

        public async ValueTask<RunRecord> ExecuteAsync(RunRequest request, CancellationToken cancellationToken = default)
        {
            lock (_lock)
            {
                Most = Math.Max(Most, ++_now);
                if (_now >= Together)
                    _together.TrySetResult();
            }

            try
            {
                await _together.Task.WaitAsync(cancellationToken);
                return Refuses(request) ? await RefuseAsync(request) : await _runner!.RunAsync(request, null, cancellationToken);
            }
            finally
            {
                lock (_lock)
                {
                    _now--;
                    _executed.Add(request.Partition!);
                    Ended(_executed.Count);
                }
            }
        }

        private async Task<RunRecord> RefuseAsync(RunRequest request)
        {
            var failed = new RunRecord
            {
                Id = request.RunId!,
                Pipeline = request.Pipeline,
                Partition = request.Partition,
                State = RunState.Failed,
                Error = "no room",
                StartedAt = DateTimeOffset.UnixEpoch,
                FinishedAt = DateTimeOffset.UnixEpoch,
            };
            await _metadata!.SaveRunAsync(failed);
            return failed;
        }
    }
}
