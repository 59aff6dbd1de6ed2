using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>A table with at least one version.</summary>
public interface ITable
{
    /// <summary>The table's id.</summary>
    DatasetId Id { get; }

    /// <summary>A version of the table.</summary>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DataEngineXException">There is no such version.</exception>
    ValueTask<TableSnapshot> GetSnapshotAsync(long? version = null, CancellationToken cancellationToken = default);

    /// <summary>Reads rows of one version, or the rows added between two.</summary>
    /// <param name="scan">What to read and where to allocate.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches with the columns asked for; the consumer owns each.</returns>
    IAsyncEnumerable<RecordBatch> ScanAsync(TableScan scan, CancellationToken cancellationToken = default);

    /// <summary>Reads the same rows as <see cref="ScanAsync"/> in parts that several workers may read at once. <value>Default: a batch a part.</value></summary>
    /// <param name="scan">What to read and where to allocate.</param>
    BatchStream Scan(TableScan scan) => BatchStream.Defer(stop => ValueTask.FromResult(BatchStream.Of(ScanAsync(scan, stop))));

    /// <summary>The version that was the newest at a time.</summary>
    /// <param name="asOf">The time.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The version, to be read by <see cref="TableScan.Version"/>.</returns>
    /// <exception cref="DataEngineXException">The log begins later.</exception>
    async ValueTask<long> FindVersionAsync(DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await foreach (var commit in GetHistoryAsync(cancellationToken).ConfigureAwait(false))
        {
            if (commit.Timestamp <= asOf)
                return commit.Version;
        }

        throw new DataEngineXException($"{Id} has no version of {asOf:O}.");
    }

    /// <summary>Reads the rows that versions inserted, deleted and updated, in the order of the versions.</summary>
    /// <param name="changes">Which versions and columns.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches of the columns asked for and the three that tell of the change; the consumer owns each.</returns>
    /// <exception cref="DataEngineXException">The log or a data file of one of the versions is gone.</exception>
    /// <exception cref="NotSupportedException">Tables of this kind do not tell what changed. <value>Default: always.</value></exception>
    IAsyncEnumerable<RecordBatch> ReadChangesAsync(TableChanges changes, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{Id} does not tell what changed.");

    /// <summary>The commits, newest first, as far as the log still holds them.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    IAsyncEnumerable<TableCommit> GetHistoryAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes rows, settings or files of the table in one commit.</summary>
    /// <param name="operation">What is to be done.</param>
    /// <param name="cancellationToken">Ends the work while nothing is visible.</param>
    /// <returns>What the commit did; the version is the newest one when there was nothing to do.</returns>
    /// <exception cref="CommitConflictException">Another writer has changed rows meanwhile.</exception>
    /// <exception cref="NotSupportedException">Tables of this kind cannot do it. <value>Default: always.</value></exception>
    ValueTask<CommitResult> ApplyAsync(TableOperation operation, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{Id} cannot be changed by operations.");
}
