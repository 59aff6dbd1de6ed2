using DataEngineX.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Running;

/// <summary>Makes backfills in the background, and ends them with the host.</summary>
internal sealed class Backfills(Backfill backfill, IPipelineCatalog pipelines, TimeProvider clock, ILogger<Backfills> logger) : IBackfills, IHostedService
{
    private const int Remembered = 100;

    private readonly Lock _lock = new();
    private readonly List<Work> _works = [];
    private bool _isClosed;

    public IReadOnlyList<BackfillRecord> All
    {
        get
        {
            lock (_lock)
                return [.. _works.Select(w => w.Record)];
        }
    }

    public BackfillRecord Start(BackfillRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Parallelism, 1, nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.PartitionsPerRun, 1, nameof(request));
        Check(request);
        var record = new BackfillRecord { Id = RunId.New(clock), Request = request, State = RunState.Running, StartedAt = clock.GetUtcNow() };
        var work = new Work(record);
        lock (_lock)
        {
            if (_isClosed)
                throw new RunRefusedException($"The backfill of '{request.Pipeline}' was not begun: the host is stopping.");
            if (_works.Find(w => w.IsAtWork && string.Equals(w.Record.Request.Pipeline, request.Pipeline, StringComparison.Ordinal)) is { } other)
                throw new RunRefusedException($"'{request.Pipeline}' is being backfilled already, by {other.Record.Id}.");
            _works.Insert(0, work);
            if (_works.FindLastIndex(w => !w.IsAtWork) is >= 0 and var oldest && _works.Count > Remembered)
                _works.RemoveAt(oldest);

            // Begun inside the lock, so that whoever ends the host finds the task.
            work.Task = Task.Run(() => RunAsync(work), CancellationToken.None);
        }

        return record;
    }

    public BackfillRecord? Find(string id) => Of(id)?.Record;

    public BackfillRecord? Cancel(string id)
    {
        var work = Of(id);
        work?.Stop.Cancel();
        return work?.Record;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Work> works;
        lock (_lock)
        {
            _isClosed = true;
            works = [.. _works];
        }

        foreach (var work in works)
            await work.Stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(works.Select(w => w.Task)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Work? Of(string id)
    {
        lock (_lock)
            return _works.Find(w => string.Equals(w.Record.Id, id, StringComparison.Ordinal));
    }

    /// <summary>What can be seen to be wrong beforehand is told to whoever orders.</summary>
    private void Check(BackfillRequest request)
    {
        if (!pipelines.TryFind(request.Pipeline, out var pipeline))
            throw UnknownPipeline.Error(request.Pipeline, pipelines);
        var partitioning = pipeline.Partition?.Partitioning
            ?? throw new PlanException($"'{request.Pipeline}' has no partitions that could be computed one by one: divide its read with Partitioned(...).");
        foreach (var name in new[] { request.From, request.To }.OfType<string>())
            partitioning.NumberOf(name);
    }

    private async Task RunAsync(Work work)
    {
        var request = work.Record.Request;
        try
        {
            var result = await backfill.RunAsync(request, work, work.Stop.Token).ConfigureAwait(false);
            work.End(r => r with
            {
                State = result.Failed == 0 ? RunState.Succeeded : RunState.Failed,
                FinishedAt = clock.GetUtcNow(),
                Runs = result.Runs,
                FailedRuns = result.Failed,
                PartitionsAsked = result.Asked.Count,
                PartitionsDone = result.Done.Count,
                Failures = result.Failures,
            });
        }
        catch (OperationCanceledException) when (work.Stop.IsCancellationRequested)
        {
            work.End(r => r with { State = RunState.Cancelled, FinishedAt = clock.GetUtcNow() });
        }
#pragma warning disable CA1031 // Nobody waits for it: whatever it is stands in the record.
        catch (Exception e)
#pragma warning restore CA1031
        {
            work.End(r => r with { State = RunState.Failed, FinishedAt = clock.GetUtcNow(), Error = e.Message });
        }

        var ended = work.Record;
        Log.BackfillEnded(logger, request.Pipeline, ended.Id, Telemetry.TagNames.Of(ended.State), ended.Runs, ended.FailedRuns, ended.Error);
    }

    /// <summary>A backfill, with the runs that it hears of.</summary>
    private sealed class Work(BackfillRecord record) : IProgress<RunRecord>
    {
        private readonly Lock _lock = new();

        // Not disposed: an order to stop may come at any time, and without a timer it holds nothing.
        public CancellationTokenSource Stop { get; } = new();

        public BackfillRecord Record { get; private set; } = record;

        public Task Task { get; set; } = Task.CompletedTask;

        public bool IsAtWork => Record.State == RunState.Running;

        public void Report(RunRecord value) => End(r => r with { Runs = r.Runs + 1, FailedRuns = r.FailedRuns + (value.State == RunState.Succeeded ? 0 : 1) });

        public void End(Func<BackfillRecord, BackfillRecord> change)
        {
            lock (_lock)
                Record = change(Record);
        }
    }
}
