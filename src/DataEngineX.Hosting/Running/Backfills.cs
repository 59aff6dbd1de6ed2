using DataEngineX.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Running;

/// <summary>Makes backfills in the background, and takes up those that a host has left: by its end, or by its death once its lease is free.</summary>
internal sealed class Backfills(
    Backfill backfill,
    IPipelineCatalog pipelines,
    IMetadataStore metadata,
    HostIdentity host,
    TimeProvider clock,
    IOptions<DataEngineXHostOptions> options,
    IFailpoints failpoints,
    ILogger<Backfills> logger) : BackgroundService, IBackfills
{
    private const int MostRescues = 3;
    private const int MostAttempts = 20;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly BackfillStore _store = new(metadata);
    private readonly Lock _lock = new();
    private readonly List<BackfillWork> _works = [];
    private bool _isClosed;

    public async ValueTask<IReadOnlyList<BackfillRecord>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await _store.ListAsync(cancellationToken).ConfigureAwait(false)).Select(r => Of(r.Id) is { Record: { State: RunState.Running } running } ? running : r)];

    public async ValueTask<BackfillRecord?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        Of(id) is { Record: { State: RunState.Running } running } ? running : await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);

    public async ValueTask<BackfillRecord> StartAsync(BackfillRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Parallelism, 1, nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.PartitionsPerRun, 1, nameof(request));
        PartitioningOf(request);
        var lease = await TakeAsync(request.Pipeline, cancellationToken).ConfigureAwait(false);
        var isBegun = false;
        try
        {
            var record = new BackfillRecord
            {
                Id = RunId.New(clock),
                Request = request,
                State = RunState.Running,
                StartedAt = clock.GetUtcNow(),
                Host = host.Name,
            };
            lock (_lock)
            {
                if (_isClosed)
                    throw new RunRefusedException($"The backfill of '{request.Pipeline}' was not begun: the host is stopping.");
            }

            await _store.AddAsync(record, cancellationToken).ConfigureAwait(false);
            await failpoints.HitAsync(FailpointNames.BackfillOrdered, cancellationToken).ConfigureAwait(false);
            Begin(record, lease);
            isBegun = true;
            return record;
        }
        finally
        {
            if (!isBegun)
                await metadata.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async ValueTask<BackfillRecord?> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        var record = await _store.ChangeAsync(id, r => r.State == RunState.Running ? r with { IsCancelAsked = true } : r, cancellationToken).ConfigureAwait(false);
        if (Of(id) is not { } work)
            return record;
        await work.Stop.CancelAsync().ConfigureAwait(false);
        return work.Record;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        List<BackfillWork> works;
        lock (_lock)
        {
            _isClosed = true;
            works = [.. _works];
        }

        foreach (var work in works)
            await work.Stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(works.Select(w => w.Task)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Supervisor.KeepAsync(
        "backfills",
        async token =>
        {
            while (true)
            {
                await TakeUpAsync(token).ConfigureAwait(false);
                await Task.Delay(options.Value.OrphanCheckInterval, TimeProvider.System, token).ConfigureAwait(false);
            }
        },
        onFault: null,
        logger,
        stoppingToken);

    /// <summary>Takes up what no host is at work on.</summary>
    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        foreach (var left in await _store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (left.State != RunState.Running || Of(left.Id) is not null || !pipelines.TryFind(left.Request.Pipeline, out _))
                continue;
            var lease = await metadata.TryAcquireLeaseAsync(LeaseNames.OfBackfill(left.Request.Pipeline), host.Name, Hold, cancellationToken).ConfigureAwait(false);
            if (lease is null)
                continue;

            // A host that ended in order has left no name.
            var taken = await _store.ChangeAsync(
                left.Id, r => r.State != RunState.Running ? r : r with { Host = host.Name, Rescues = r.Host is null ? 0 : r.Rescues + 1 }, cancellationToken).ConfigureAwait(false);
            if (taken is { State: RunState.Running })
            {
                Log.BackfillTakenUp(logger, taken.Request.Pipeline, taken.Id, taken.Runs);
                Begin(taken, lease);
            }
            else
                await metadata.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Begin(BackfillRecord record, Lease lease)
    {
        var work = new BackfillWork(record, lease, PartitioningOf(record.Request));
        lock (_lock)
        {
            // Begun inside the lock, so that whoever ends the host finds the task.
            _works.Add(work);
            if (_isClosed)
                work.Stop.Cancel();
            work.Task = Task.Run(() => RunAsync(work), CancellationToken.None);
        }
    }

    private BackfillWork? Of(string id)
    {
        lock (_lock)
            return _works.Find(w => string.Equals(w.Record.Id, id, StringComparison.Ordinal));
    }

    /// <summary>The lease of a new backfill. Who has just ended one holds it a moment longer.</summary>
    private async ValueTask<Lease> TakeAsync(string pipeline, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var lease = await metadata.TryAcquireLeaseAsync(LeaseNames.OfBackfill(pipeline), host.Name, Hold, cancellationToken).ConfigureAwait(false);
            var known = await _store.ListAsync(cancellationToken).ConfigureAwait(false);
            var other = known.Find(r => r.State == RunState.Running && string.Equals(r.Request.Pipeline, pipeline, StringComparison.Ordinal));
            if (lease is not null && other is null)
                return lease;
            if (lease is not null)
                await metadata.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
            if (other is not null || attempt == MostAttempts)
                throw new RunRefusedException($"'{pipeline}' is being backfilled already{(other is null ? "" : $", by {other.Id}")}.");
            await Task.Delay(Beat / MostAttempts, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What can be seen to be wrong beforehand is told to whoever orders.</summary>
    private Partitioning PartitioningOf(BackfillRequest request)
    {
        if (!pipelines.TryFind(request.Pipeline, out var pipeline))
            throw UnknownPipeline.Error(request.Pipeline, pipelines);
        var partitioning = pipeline.Partition?.Partitioning
            ?? throw new PlanException($"'{request.Pipeline}' has no partitions that could be computed one by one: divide its read with Partitioned(...).");
        foreach (var name in new[] { request.From, request.To }.OfType<string>())
            partitioning.NumberOf(name);
        return partitioning;
    }

    private async Task RunAsync(BackfillWork work)
    {
        using var over = new CancellationTokenSource();
        var heart = BeatAsync(work, over.Token);
        await MakeAsync(work).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await heart.ConfigureAwait(false);
        try
        {
            await failpoints.HitAsync(FailpointNames.BackfillBeforeEndSaved, CancellationToken.None).ConfigureAwait(false);
            if (!work.IsLost)
                await _store.ChangeAsync(work.Record.Id, r => work.Record with { IsCancelAsked = r.IsCancelAsked }, CancellationToken.None).ConfigureAwait(false);
            await metadata.ReleaseLeaseAsync(work.Lease, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for it: another host finds it by its lease.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.BackfillNotSaved(logger, work.Record.Request.Pipeline, work.Record.Id, e);
        }

        lock (_lock)
            _works.Remove(work);
    }

    private async Task MakeAsync(BackfillWork work)
    {
        var request = work.Record.Request with { Resumes = work.Record.Id };
        try
        {
            if (work.Record.IsCancelAsked)
                await work.Stop.CancelAsync().ConfigureAwait(false);
            if (work.Record.Rescues > MostRescues)
                throw new DataEngineXException($"it was taken up {MostRescues} times in a row from hosts that died, and no run of it ended meanwhile");
            var result = await backfill.RunAsync(request, work, work.Stop.Token).ConfigureAwait(false);
            work.Change(r => r with
            {
                State = result.Failed == 0 ? RunState.Succeeded : RunState.Failed,
                FinishedAt = clock.GetUtcNow(),
                Runs = work.Before.Runs + result.Runs,
                FailedRuns = work.Before.FailedRuns + result.Failed,
                PartitionsAsked = work.DoneBefore + result.Asked.Count,
                PartitionsDone = work.DoneBefore + result.Done.Count,
                Failures = [.. result.Failures.Select(f => new BackfillFailure(f.Partition, f.Error))],
            });
        }
        catch (OperationCanceledException) when (work.Stop.IsCancellationRequested)
        {
            // Who was only cut off goes on with the next host.
            work.Change(r => (_isClosed && !r.IsCancelAsked) || work.IsLost ? r with { Host = null } : r with { State = RunState.Cancelled, FinishedAt = clock.GetUtcNow() });
        }
#pragma warning disable CA1031 // Nobody waits for it: whatever it is stands in the record.
        catch (Exception e)
#pragma warning restore CA1031
        {
            work.Change(r => r with { State = RunState.Failed, FinishedAt = clock.GetUtcNow(), Error = e.Message });
        }

        var ended = work.Record;
        Log.BackfillEnded(logger, request.Pipeline, ended.Id, Telemetry.TagNames.Of(ended.State), ended.Runs, ended.FailedRuns, ended.Error);
    }

    /// <summary>Keeps the lease, tells how far the backfill is, and hears when it is asked to stop at another host.</summary>
    private async Task BeatAsync(BackfillWork work, CancellationToken over)
    {
        var told = work.Record;
        var renewedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Task.Delay(Beat, TimeProvider.System, over).ConfigureAwait(false);
                if (!await metadata.RenewLeaseAsync(work.Lease, Hold, over).ConfigureAwait(false))
                    break;
                renewedAt = TimeProvider.System.GetTimestamp();
                var now = work.Record;
                var stored = ReferenceEquals(now, told)
                    ? await _store.FindAsync(now.Id, over).ConfigureAwait(false)
                    : await _store.ChangeAsync(now.Id, r => now with { IsCancelAsked = r.IsCancelAsked }, over).ConfigureAwait(false);
                told = now;
                if (stored is { IsCancelAsked: true } && !now.IsCancelAsked)
                {
                    work.Change(r => r with { IsCancelAsked = true });
                    await work.Stop.CancelAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The store may be back before the lease ends; the next beat tries again.
            catch (Exception)
#pragma warning restore CA1031
            {
                if (TimeProvider.System.GetElapsedTime(renewedAt) > Hold)
                    break;
            }
        }

        work.IsLost = true;
        await work.Stop.CancelAsync().ConfigureAwait(false);
    }
}
