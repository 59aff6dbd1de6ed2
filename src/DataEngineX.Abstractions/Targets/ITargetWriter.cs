using Apache.Arrow;

namespace DataEngineX;

/// <summary>A write in progress. Disposing it without a commit leaves the target as it was.</summary>
public interface ITargetWriter : IAsyncDisposable
{
    /// <summary>Takes a batch.</summary>
    /// <param name="batch">Ownership passes to the writer.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken);

    /// <summary>Publishes everything taken, once.</summary>
    /// <param name="record">The commit record, now with verdicts and lineage.</param>
    /// <param name="cancellationToken">Ends the work; after the commit point it has no effect.</param>
    /// <exception cref="FencedException">A newer run has taken over.</exception>
    /// <exception cref="CommitConflictException">Another writer came first and the commit cannot follow it.</exception>
    ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken);
}
