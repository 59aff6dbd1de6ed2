using System.Threading.Channels;
using DataEngineX.Hosting.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Health;

/// <summary>Looks at datasets with a freshness policy when a run published one, and from time to time for commits of other processes.</summary>
internal sealed class FreshnessWatch(FreshnessMonitor monitor, ILogger<FreshnessWatch> logger) : BackgroundService, IRunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    // One signal is enough, however many runs ended: each look takes in all of them.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void RunStarted(RunRecord run)
    {
    }

    public void RunFinished(RunRecord run, DatasetLineage? lineage)
    {
        if (run.Published)
            _signal.Writer.TryWrite(true);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => monitor.Promises.Any()
        ? Supervisor.KeepAsync("freshness watch", LoopAsync, onFault: null, logger, stoppingToken)
        : Task.CompletedTask;

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var pipeline in monitor.Promises)
            {
                try
                {
                    await monitor.LookAsync(pipeline.Target.Dataset, cancellationToken).ConfigureAwait(false);
                }
                catch (DataEngineXException e)
                {
                    Log.FreshnessUnknown(logger, pipeline.Name, e.Message);
                }
            }

            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(
                _signal.Reader.WaitToReadAsync(both.Token).AsTask(), Task.Delay(Interval, TimeProvider.System, both.Token)).ConfigureAwait(false);
            await both.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            _signal.Reader.TryRead(out _);
        }
    }
}
