using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Running;

/// <summary>Gives a final state to runs that did not write their own, and tells the observers.</summary>
internal sealed class RunCloser(IMetadataStore metadata, IEnumerable<IRunObserver> observers, TimeProvider clock, ILogger<RunCloser> logger)
{
    /// <returns>False when the run had ended already.</returns>
    public async ValueTask<bool> CloseAsync(RunRecord run, RunState state, string error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var closed = run with { State = state, Error = error, FinishedAt = now > run.StartedAt ? now : run.StartedAt };
        if (!await metadata.SaveRunAsync(closed, cancellationToken).ConfigureAwait(false))
            return false;
        foreach (var observer in observers)
        {
            try
            {
                observer.RunFinished(closed, lineage: null);
            }
#pragma warning disable CA1031 // An observer that breaks its promise must not break the host.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.ObserverFailed(logger, observer.GetType().Name, closed.Id, e);
            }
        }

        return true;
    }
}
