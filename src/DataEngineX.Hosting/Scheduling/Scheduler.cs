using System.Globalization;
using DataEngineX.Hosting.Running;
using DataEngineX.Hosting.Telemetry;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Scheduling;

/// <summary>Fires schedules: claims the slot that is due, so that of all hosts one runs it, and queues the run.</summary>
/// <remarks>All times are those of the host's clock, which may be a fast replay; only the sign of life is in real time.</remarks>
internal sealed class Scheduler(
    ScheduleCatalog schedules,
    IEnumerable<RunsAtStart> atStart,
    IMetadataStore metadata,
    IPipelineCatalog pipelines,
    RunQueue queue,
    DeferredRuns deferred,
    Drain drain,
    HostIdentity host,
    TimeProvider clock,
    SchedulerPulse pulse,
    IFailpoints failpoints,
    HostMetrics metrics,
    ILogger<Scheduler> logger) : BackgroundService
{
    private const string Trigger = "schedule";

    // Runs of partitions may have come after a scheduled one; more than these do not between two starts that a crash lies between.
    private const int Remembered = 50;

    // The loop looks at the clock at least so often by each time, so that a clock that was set, or a machine that slept, is noticed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // A queue that was full has room again as soon as a run has ended.
    private static readonly TimeSpan WaitForRoom = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, DateTimeOffset> _considered = new(StringComparer.Ordinal);
    private bool _started;

    // Every schedule is looked at before the host has started: what is due from then on is not missed, however busy the machine is.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var schedule in schedules.All)
            _considered[schedule.Id] = await FirstLookAsync(schedule, now, cancellationToken).ConfigureAwait(false);
        pulse.Beat();
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Supervisor.KeepAsync("scheduler", LoopAsync, pulse.Beat, logger, stoppingToken);

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
            _started = true;
        }

        while (!drain.IsDraining)
        {
            pulse.Beat();
            if (deferred.HasKept && queue.HasRoom)
                await deferred.TakeUpAsync(pipelines.Pipelines.Select(p => p.Name), queue, cancellationToken).ConfigureAwait(false);
            var now = clock.GetUtcNow();
            foreach (var schedule in schedules.All)
                await FireAsync(schedule, now, cancellationToken).ConfigureAwait(false);
            await WaitAsync(now, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var registration in atStart.DistinctBy(r => r.Pipeline))
            queue.TryEnqueue(new RunRequest(registration.Pipeline, "start"));
        foreach (var schedule in schedules.All)
        {
            if (await IsLostAsync(schedule, cancellationToken).ConfigureAwait(false))
                queue.TryEnqueue(new RunRequest(schedule.Pipeline, Trigger));
        }

        await deferred.TakeUpAsync(pipelines.Pipelines.Select(p => p.Name), queue, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the newest slot was claimed and no run began since it was due: whoever claimed it died before its run had a record. One whose run waits at another host gets a
    /// second one, which finds nothing new.
    /// </summary>
    private async ValueTask<bool> IsLostAsync(PipelineSchedule schedule, CancellationToken cancellationToken)
    {
        if (await metadata.GetLastSlotAsync(schedule.Id, cancellationToken).ConfigureAwait(false) is not { } slot || slot > clock.GetUtcNow())
            return false;
        var runs = await metadata.ListRunsAsync(new RunQuery { Pipeline = schedule.Pipeline, Limit = Remembered }, cancellationToken).ConfigureAwait(false);
        return !runs.Any(r => r.StartedAt >= slot && (r.Partition is null || r.Trigger == Trigger))
            && !await deferred.KeepsAsync(schedule.Pipeline, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask FireAsync(PipelineSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_considered.TryGetValue(schedule.Id, out var considered) || considered > now)
            considered = await FirstLookAsync(schedule, now, cancellationToken).ConfigureAwait(false);
        if (schedule.Latest(considered, now) is not { } slot)
        {
            _considered[schedule.Id] = considered;
            return;
        }

        if (drain.IsDraining)
            return;
        if (await metadata.TryClaimSlotAsync(schedule.Id, slot, host.Name, cancellationToken).ConfigureAwait(false))
        {
            await failpoints.HitAsync(FailpointNames.SlotClaimed, cancellationToken).ConfigureAwait(false);
            if (schedule.Next(considered) is { } first && first < slot)
                Log.SlotsFolded(logger, schedule.Pipeline, first, slot);
            metrics.Lag(schedule.Pipeline, now - slot);
            var request = new RunRequest(schedule.Pipeline, Trigger);
            if (!queue.TryEnqueue(request))
                await deferred.KeepAsync([new WaitingRun(request, now)], cancellationToken).ConfigureAwait(false);
        }

        _considered[schedule.Id] = slot;
    }

    // What was missed while no host ran lies after the newest slot claimed or, before the first slot, after the schedule was first seen.
    private async ValueTask<DateTimeOffset> FirstLookAsync(PipelineSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await metadata.GetLastSlotAsync(schedule.Id, cancellationToken).ConfigureAwait(false);
        if (last is null)
        {
            var key = $"schedule-seen/{schedule.Id}";
            await metadata.TrySetValueAsync(key, now.UtcTicks.ToString(CultureInfo.InvariantCulture), null, cancellationToken).ConfigureAwait(false);
            var seen = await metadata.GetValueAsync(key, cancellationToken).ConfigureAwait(false);
            last = long.TryParse(seen, CultureInfo.InvariantCulture, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : now;
        }

        // A clock set back, or a replay begun anew: there is nothing to catch up with.
        return last.Value < now ? last.Value : now;
    }

    private async Task WaitAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + LongestWait;
        foreach (var schedule in schedules.All)
        {
            if (schedule.Next(now) is { } next && next < until)
                until = next;
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var slot = Task.Delay(until - now, clock, both.Token);

        // The clock may have moved on since it was read: only now does the timer hear of it.
        if (clock.GetUtcNow() < until)
            await Task.WhenAny(slot, Task.Delay(deferred.HasKept ? WaitForRoom : Heartbeat, TimeProvider.System, both.Token)).ConfigureAwait(false);
        await both.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
