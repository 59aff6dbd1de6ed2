using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Running;

/// <summary>
/// Keeps what could not wait any longer, because the host stopped or its queue was full, so that it is done later, by this host or the next one to start: a
/// claimed slot is not lost.
/// </summary>
internal sealed class DeferredRuns(IMetadataStore metadata, ILogger<DeferredRuns> logger)
{
    private volatile bool _hasKept;

    /// <summary>Whether this host has kept runs that it has not taken up again.</summary>
    public bool HasKept => _hasKept;

    public async ValueTask KeepAsync(IReadOnlyList<WaitingRun> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            // A run over a partition, in full or of rows set aside was ordered by hand; who ordered it sees that it never began. The others stand for "whatever is new".
            if (run.Request is not { Partition: null, IsFull: false, IsReplay: false })
                continue;
            try
            {
                await metadata.TrySetValueAsync(Key(run.Request.Pipeline), run.Request.Trigger, null, cancellationToken).ConfigureAwait(false);
                _hasKept = true;
                Log.RunDeferred(logger, run.Request.Pipeline, run.Request.Trigger);
            }
#pragma warning disable CA1031 // The host is stopping; the next slot or the upstream check does the work.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.RunNotDeferred(logger, run.Request.Pipeline, e);
            }
        }
    }

    /// <summary>Whether a run of a pipeline is kept.</summary>
    public async ValueTask<bool> KeepsAsync(string pipeline, CancellationToken cancellationToken) =>
        await metadata.GetValueAsync(Key(pipeline), cancellationToken).ConfigureAwait(false) is not null;

    public async ValueTask TakeUpAsync(IEnumerable<string> pipelines, RunQueue queue, CancellationToken cancellationToken)
    {
        _hasKept = false;
        foreach (var pipeline in pipelines)
        {
            var trigger = await metadata.GetValueAsync(Key(pipeline), cancellationToken).ConfigureAwait(false);
            if (trigger is not null && await metadata.TrySetValueAsync(Key(pipeline), null, trigger, cancellationToken).ConfigureAwait(false)
                && !queue.TryEnqueue(new RunRequest(pipeline, trigger)))
            {
                await metadata.TrySetValueAsync(Key(pipeline), trigger, null, cancellationToken).ConfigureAwait(false);
                _hasKept = true;
            }
        }
    }

    private static string Key(string pipeline) => $"deferred/{pipeline}";
}
