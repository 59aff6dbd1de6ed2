using System.Diagnostics;
using DataEngineX.Hosting.Telemetry;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Running;

/// <summary>Takes runs from the queue and executes them, several at once.</summary>
internal sealed class RunWorkers(
    RunQueue queue,
    IRunPlacement placement,
    RunCloser closer,
    DeferredRuns deferred,
    Drain drain,
    IOptions<DataEngineXHostOptions> options,
    ILogger<RunWorkers> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        var left = queue.Close();
        await deferred.KeepAsync(left, cancellationToken).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(0, Math.Max(1, options.Value.MaxParallelRuns))
            .Select(_ => Task.Run(() => Supervisor.KeepAsync("run worker", WorkAsync, onFault: null, logger, stoppingToken), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var run = await queue.TakeAsync(stoppingToken).ConfigureAwait(false);
            try
            {
                await ExecuteAsync(run).ConfigureAwait(false);
            }
            finally
            {
                queue.Complete(run);
            }
        }
    }

    private async Task ExecuteAsync(WaitingRun run)
    {
        using var activity = HostActivities.Source.StartActivity("dataenginex.place", ActivityKind.Internal);
        activity?.SetTag(TagNames.SpanPipeline, run.Request.Pipeline);
        activity?.SetTag(TagNames.SpanTrigger, run.Request.Trigger);
        activity?.SetTag(TagNames.SpanRunId, run.Request.RunId);
        try
        {
            // A drain cancels through the placement, near the end of the shutdown timeout; not as soon as the host begins to stop.
            var record = await placement.ExecuteAsync(run.Request, drain.MustStop).ConfigureAwait(false);
            activity?.SetTag(TagNames.SpanRunState, TagNames.Of(record.State));
            if (record.State == RunState.Failed)
                activity?.SetStatus(ActivityStatusCode.Error, record.Error);
            foreach (var input in record.Refused)
                Log.InputRefused(logger, record.Pipeline, record.Id, input);
            foreach (var warning in record.Warnings)
                Log.RunWarned(logger, record.Pipeline, record.Id, warning);
            Log.RunEnded(logger, record.Pipeline, record.Id, TagNames.Of(record.State), record.Rows.Read, record.Rows.Written, record.Error);
        }
        catch (OperationCanceledException) when (drain.MustStop.IsCancellationRequested)
        {
            await closer.CloseAsync(run.ToRecord(), RunState.Cancelled, "The host stopped.", CancellationToken.None).ConfigureAwait(false);
        }
        catch (LeaseUnavailableException e)
        {
            // Another host is at it, and may have begun before what this run was ordered for: it waits its turn again.
            Log.RunElsewhere(logger, run.Request.Pipeline, e.Message);
            if (!queue.TryEnqueue(run.Request))
                await deferred.KeepAsync([run], CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a run throws, the next one must still run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            Log.RunThrew(logger, run.Request.Pipeline, run.Request.RunId, e);
            await closer.CloseAsync(run.ToRecord(), RunState.Failed, e.Message, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
