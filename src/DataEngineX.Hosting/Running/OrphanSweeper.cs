using DataEngineX.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataEngineX.Hosting.Running;

/// <summary>Ends runs whose host died: once their lease is free they are closed as failed, and their pipeline runs again.</summary>
internal sealed class OrphanSweeper(
    IMetadataStore metadata,
    IPipelineCatalog pipelines,
    RunQueue queue,
    RunCloser closer,
    Drain drain,
    HostIdentity host,
    IOptions<DataEngineXHostOptions> options,
    ILogger<OrphanSweeper> logger) : BackgroundService
{
    public const string Interrupted = "Interrupted: the process that ran it ended.";

    private const int GiveUpAfter = 3;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(15);

    private readonly BackfillStore _backfills = new(metadata);

    /// <summary>Closes what can be closed now.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        string? before = null;
        while (true)
        {
            var page = await metadata.ListRunsAsync(new RunQuery { State = RunState.Running, Before = before }, cancellationToken).ConfigureAwait(false);
            foreach (var run in page)
                await CloseAsync(run, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
                return;
            before = page[^1].Id;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Supervisor.KeepAsync(
        "orphan sweeper",
        async token =>
        {
            while (!drain.IsDraining)
            {
                await SweepAsync(token).ConfigureAwait(false);
                await Task.Delay(options.Value.OrphanCheckInterval, TimeProvider.System, token).ConfigureAwait(false);
            }
        },
        onFault: null,
        logger,
        stoppingToken);

    private async Task CloseAsync(RunRecord run, CancellationToken cancellationToken)
    {
        // Holding the lease proves that nobody runs it, and its newer token fences a host that only seemed dead.
        var name = pipelines.TryFind(run.Pipeline, out var pipeline) ? pipeline.LeaseOf(run.Partition) : LeaseNames.OfPipeline(run.Pipeline);
        var lease = await metadata.TryAcquireLeaseAsync(name, host.Name, Hold, cancellationToken).ConfigureAwait(false);
        if (lease is null)
            return;
        bool closed;
        try
        {
            closed = await closer.CloseAsync(run, RunState.Failed, Interrupted, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await metadata.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }

        if (!closed || pipeline is null)
            return;
        Log.RunInterrupted(logger, run.Pipeline, run.Id);

        // Its backfill is taken up as well, and makes it again.
        if (run.Trigger == RunTriggers.Backfill && (await _backfills.ListAsync(cancellationToken).ConfigureAwait(false)).Exists(b => b.State == RunState.Running && b.Request.Pipeline == run.Pipeline))
            return;

        // A run that takes its process down every time must not do so for ever.
        var last = await metadata.ListRunsAsync(new RunQuery { Pipeline = run.Pipeline, Limit = GiveUpAfter }, cancellationToken).ConfigureAwait(false);
        if (last.Count == GiveUpAfter && last.All(r => r.State == RunState.Failed && string.Equals(r.Error, Interrupted, StringComparison.Ordinal)))
            Log.RunGivenUp(logger, run.Pipeline, GiveUpAfter);
        else
            queue.TryEnqueue(new RunRequest(run.Pipeline, run.Trigger, run.Partition));
    }
}
