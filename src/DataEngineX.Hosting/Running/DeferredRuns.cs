using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Running;

/// <summary>Keeps what still waited when a host stopped, so that the next one to start does it: a claimed slot is not lost.</summary>
internal sealed class DeferredRuns(IMetadataStore metadata, ILogger<DeferredRuns> logger)
{
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

    public async ValueTask TakeUpAsync(IEnumerable<string> pipelines, RunQueue queue, CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines)
        {
            var trigger = await metadata.GetValueAsync(Key(pipeline), cancellationToken).ConfigureAwait(false);
            if (trigger is not null && await metadata.TrySetValueAsync(Key(pipeline), null, trigger, cancellationToken).ConfigureAwait(false))
                queue.TryEnqueue(new RunRequest(pipeline, trigger));
        }
    }

    private static string Key(string pipeline) => $"deferred/{pipeline}";
}
