using DataEngineX.Pipelines;

namespace DataEngineX.Hosting;

/// <summary>The backfills that this host makes in the background: one of a pipeline at a time.</summary>
/// <remarks>What is done stands in the target's own commits: a backfill that was cancelled, or cut off by the end of the host, goes on where it was when it is ordered again.</remarks>
public interface IBackfills
{
    /// <summary>Those of this process, newest first; of those that ended the newest hundred.</summary>
    IReadOnlyList<BackfillRecord> All { get; }

    /// <summary>Begins a backfill and returns at once.</summary>
    /// <param name="request">Which partitions, and how many at once.</param>
    /// <returns>How it stands.</returns>
    /// <exception cref="PlanException">There is no such pipeline or partition, or the pipeline has no partitions.</exception>
    /// <exception cref="RunRefusedException">The host is stopping, or the pipeline is being backfilled already.</exception>
    BackfillRecord Start(BackfillRequest request);

    /// <summary>How a backfill stands.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The record, or null when this process knows none of that id.</returns>
    BackfillRecord? Find(string id);

    /// <summary>Asks a backfill to stop: runs at work are cancelled, none begins.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>How it stands, or null when this process knows none of that id; it is running until its last run has ended.</returns>
    BackfillRecord? Cancel(string id);
}
