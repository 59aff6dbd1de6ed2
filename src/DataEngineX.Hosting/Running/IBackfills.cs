using DataEngineX.Pipelines;

namespace DataEngineX.Hosting;

/// <summary>The backfills that hosts make in the background: one of a pipeline at a time. They stand in the metadata store.</summary>
/// <remarks>
/// A backfill that was cut off, by the end of its host or its death, is taken up by the next host that shares the store: what is done stands in the target's own
/// commits and in the run history, and is not done again.
/// </remarks>
public interface IBackfills
{
    /// <summary>Those of all hosts that share the metadata store, newest first; of those that ended the newest hundred.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<BackfillRecord>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins a backfill and returns at once.</summary>
    /// <param name="request">Which partitions, and how many at once.</param>
    /// <param name="cancellationToken">Ends the work before the backfill has begun.</param>
    /// <returns>How it stands.</returns>
    /// <exception cref="PlanException">There is no such pipeline or partition, or the pipeline has no partitions.</exception>
    /// <exception cref="RunRefusedException">The host is stopping, or the pipeline is being backfilled already.</exception>
    ValueTask<BackfillRecord> StartAsync(BackfillRequest request, CancellationToken cancellationToken = default);

    /// <summary>How a backfill stands.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The record, or null when there is none of that id.</returns>
    ValueTask<BackfillRecord?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Asks a backfill to stop, whichever host makes it: runs at work are cancelled, none begins.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How it stands, or null when there is none of that id; it is running until its last run has ended.</returns>
    ValueTask<BackfillRecord?> CancelAsync(string id, CancellationToken cancellationToken = default);
}
