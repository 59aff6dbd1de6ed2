using System.Text.Json;
using System.Threading.Channels;
using DataEngineX.Hosting.Running;
using DataEngineX.Hosting.Telemetry;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Alerts;

/// <summary>Tells a webhook of a pipeline's first failure and of its recovery, once each, whatever restarts lie between.</summary>
/// <remarks>
/// What is to be told is kept in the metadata store before it is sent, and marked after: of several hosts one tells, and an alert that
/// could not be sent is tried again later. Runs only ever put a record into a bounded queue.
/// </remarks>
internal sealed class AlertService(
    WebhookSender sender,
    IMetadataStore metadata,
    IPipelineCatalog pipelines,
    HostIdentity host,
    HostMetrics metrics,
    ILogger<AlertService> logger) : BackgroundService, IRunObserver
{
    private const int QueueLength = 256;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SendingHold = TimeSpan.FromMinutes(2);

    private readonly Channel<RunRecord> _ended = Channel.CreateBounded<RunRecord>(
        new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.Wait, SingleReader = false });

    public void RunStarted(RunRecord run)
    {
    }

    public void RunFinished(RunRecord run, DatasetLineage? lineage)
    {
        if (sender.Address is null || run.State == RunState.Cancelled)
            return;
        if (!_ended.Writer.TryWrite(run with { Verdicts = [.. run.Verdicts.Select(static v => v with { Samples = [], CommonValues = [] })] }))
        {
            var kind = run.State == RunState.Failed ? AlertState.Failure : AlertState.Recovery;
            metrics.Alert(kind, "dropped");
            Log.AlertDropped(logger, kind, run.Pipeline, $"{QueueLength} ended runs wait already");
        }
    }

    /// <summary>Handles what waits now; for processes that end without having started the host.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        while (_ended.Reader.TryRead(out var run))
            await HandleAsync(run, cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An alert must never keep a host from stopping.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.LoopFailed(logger, "last alerts", TimeSpan.Zero, e);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sender.Address is null
        ? Task.CompletedTask
        : Supervisor.KeepAsync("alerts", LoopAsync, onFault: null, logger, stoppingToken);

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // What was begun is ended, also while the host stops: a request cut off may have been taken, and would be sent again.
            foreach (var pipeline in pipelines.Pipelines)
                await DeliverAsync(pipeline.Name, CancellationToken.None).ConfigureAwait(false);
            var again = Task.Delay(RetryInterval, TimeProvider.System, cancellationToken);
            while (!again.IsCompleted)
            {
                await FlushAsync(CancellationToken.None).ConfigureAwait(false);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(again, _ended.Reader.WaitToReadAsync(waiting.Token).AsTask()).ConfigureAwait(false);
                await waiting.CancelAsync().ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask HandleAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var (state, text) = await ReadAsync(run.Pipeline, cancellationToken).ConfigureAwait(false);
        var next = (run.State, state) switch
        {
            (RunState.Failed, null) => AlertState.FailureOf(run),

            // It failed again before anybody was told that it had recovered: for the receiver it never did.
            (RunState.Failed, { Kind: AlertState.Recovery, Delivered: false }) => AlertState.FailureOf(run) with { Delivered = true },
            (RunState.Succeeded, { Kind: AlertState.Failure, Delivered: true }) => state.RecoveredBy(run),
            _ => state,
        };
        if (run.State == RunState.Succeeded && state is { Kind: AlertState.Failure, Delivered: false })
        {
            // Nobody was told of the failure: there is nothing to take back.
            next = null;
            metrics.Alert(AlertState.Failure, "dropped");
            Log.AlertDropped(logger, AlertState.Failure, run.Pipeline, "the pipeline recovered before it could be sent");
        }

        if (next == state)
            return;
        if (await WriteAsync(run.Pipeline, next, text, cancellationToken).ConfigureAwait(false) && next is { Delivered: false })
            await DeliverAsync(run.Pipeline, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DeliverAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (await ReadAsync(pipeline, cancellationToken).ConfigureAwait(false) is not { State.Delivered: false })
            return;
        var lease = await metadata.TryAcquireLeaseAsync(Key(pipeline), host.Name, SendingHold, cancellationToken).ConfigureAwait(false);
        if (lease is null)
            return;
        try
        {
            // Read again: another host may have sent it before it gave the lease back.
            var (state, text) = await ReadAsync(pipeline, cancellationToken).ConfigureAwait(false);
            if (state is not { Delivered: false })
                return;
            if (await sender.SendAsync(state.ToMessage(pipeline), cancellationToken).ConfigureAwait(false) is { } reason)
            {
                metrics.Alert(state.Kind, "failed");
                Log.AlertFailed(logger, state.Kind, pipeline, reason);
                return;
            }

            metrics.Alert(state.Kind, "sent");
            Log.AlertSent(logger, state.Kind, pipeline);
            var told = state.Kind == AlertState.Failure ? state with { Delivered = true } : null;
            await WriteAsync(pipeline, told, text, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await metadata.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<(AlertState? State, string? Text)> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        var text = await metadata.GetValueAsync(Key(pipeline), cancellationToken).ConfigureAwait(false);
        return (text is null ? null : JsonSerializer.Deserialize(text, AlertJson.Default.AlertState), text);
    }

    private ValueTask<bool> WriteAsync(string pipeline, AlertState? state, string? expected, CancellationToken cancellationToken) =>
        metadata.TrySetValueAsync(
            Key(pipeline), state is null ? null : JsonSerializer.Serialize(state, AlertJson.Default.AlertState), expected, cancellationToken);

    private static string Key(string pipeline) => $"alert/{pipeline}";
}
