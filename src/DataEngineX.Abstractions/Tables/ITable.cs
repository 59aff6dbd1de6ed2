using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>A table with at least one version.</summary>
public interface ITable
{
    /// <summary>The table's id.</summary>
    DatasetId Id { get; }

    /// <summary>A version of the table; no data file is opened.</summary>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DataEngineXException">There is no such version.</exception>
    ValueTask<TableSnapshot> GetSnapshotAsync(long? version = null, CancellationToken cancellationToken = default);

    /// <summary>The number of rows of a version. Where the table does not know it, data files are opened.</summary>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The rows. <value>Default: as the snapshot tells, else those of a scan.</value></returns>
    /// <exception cref="DataEngineXException">There is no such version.</exception>
    async ValueTask<long> CountRowsAsync(long? version = null, CancellationToken cancellationToken = default)
    {
        var snapshot = await GetSnapshotAsync(version, cancellationToken).ConfigureAwait(false);
        if (snapshot.RowCount is { } known)
            return known;
        long rows = 0;
        await foreach (var batch in ScanAsync(new TableScan { Version = snapshot.Version }, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                rows += batch.Length;
        }

        return rows;
    }

    /// <summary>When a version was committed, as <see cref="GetHistoryAsync"/> tells it and <see cref="FindVersionAsync"/> searches it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The time. <value>Default: that of the history.</value></returns>
    /// <exception cref="DataEngineXException">There is no such version, or its log entry is gone.</exception>
    async ValueTask<DateTimeOffset> GetCommitTimeAsync(long version, CancellationToken cancellationToken = default)
    {
        await foreach (var commit in GetHistoryAsync(cancellationToken).ConfigureAwait(false))
        {
            if (commit.Version == version)
                return commit.Timestamp;
        }

        throw new DataEngineXException($"{Id} has no commit of version {version} any more.");
    }

    /// <summary>The columns of a version.</summary>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The description. <value>Default: that of the snapshot.</value></returns>
    /// <exception cref="DataEngineXException">There is no such version.</exception>
    async ValueTask<TableDescription> DescribeAsync(long? version = null, CancellationToken cancellationToken = default)
    {
        var snapshot = await GetSnapshotAsync(version, cancellationToken).ConfigureAwait(false);
        return new TableDescription { Id = Id, Version = snapshot.Version, Schema = snapshot.Schema, PartitionColumns = snapshot.PartitionColumns };
    }

    /// <summary>What tells a version from the one of the same number of another table at the same place, such as one that was deleted and made anew.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The text; empty where the table has not come to such a version; null where it cannot be told. <value>Default: null.</value></returns>
    ValueTask<string?> IdentifyAsync(long version, CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(null);

    /// <summary>Reads rows of one version, or the rows added between two.</summary>
    /// <param name="scan">What to read and where to allocate.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches with the columns asked for; the consumer owns each.</returns>
    IAsyncEnumerable<RecordBatch> ScanAsync(TableScan scan, CancellationToken cancellationToken = default);

    /// <summary>Reads the same rows as <see cref="ScanAsync"/> in parts that several workers may read at once. <value>Default: a batch a part.</value></summary>
    /// <param name="scan">What to read and where to allocate.</param>
    BatchStream Scan(TableScan scan) => BatchStream.Defer(stop => ValueTask.FromResult(BatchStream.Of(ScanAsync(scan, stop))));

    /// <summary>Tells how many files a scan reads once its condition was held against what the table knows of them; none of them is opened.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The numbers, or null when the table knows nothing of its files. <value>Default: null.</value></returns>
    ValueTask<FileSelection?> SelectFilesAsync(TableScan scan, CancellationToken cancellationToken = default) => ValueTask.FromResult<FileSelection?>(null);

    /// <summary>Tells which text columns are stored behind dictionaries, so that a scan may ask for them so.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Names of columns, as far as was looked. <value>Default: none.</value></returns>
    ValueTask<IReadOnlyCollection<string>> FindDictionariesAsync(TableScan scan, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyCollection<string>>([]);

    /// <summary>The data files of a version, in the order of the table's rows; none of them is opened.</summary>
    /// <param name="version">The version; null for the newest.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DataEngineXException">There is no such version.</exception>
    /// <exception cref="NotSupportedException">Tables of this kind have no such files. <value>Default: always.</value></exception>
    IAsyncEnumerable<TableFile> GetFilesAsync(long? version = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{Id} has no files to tell of.");

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

    /// <summary>
    /// Makes the table what it was at an earlier version: rows, columns, settings, and the cursors of the pipelines that write it, which then do again what
    /// came after. It is a commit like any other; the versions between stay readable. Runs at work while it is made end in a conflict.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the work while nothing is visible.</param>
    /// <returns>The commit; the newest one when the table is so already.</returns>
    /// <exception cref="DataEngineXException">The version or one of its files is gone, or the table may not be written.</exception>
    /// <exception cref="NotSupportedException">Tables of this kind keep no versions. <value>Default: always.</value></exception>
    ValueTask<TableCommit> RestoreAsync(long version, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{Id} cannot be restored.");

    /// <summary>Makes the table what it was at a time.</summary>
    /// <param name="asOf">The time.</param>
    /// <param name="cancellationToken">Ends the work while nothing is visible.</param>
    /// <returns>The commit; the newest one when the table is so already.</returns>
    /// <exception cref="DataEngineXException">The log begins later, a file of that version is gone, or the table may not be written.</exception>
    async ValueTask<TableCommit> RestoreAsync(DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        await RestoreAsync(await FindVersionAsync(asOf, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Removes files that no version within the retention needs: what commits removed, and what runs left that never committed.</summary>
    /// <param name="vacuum">How old they must be.</param>
    /// <param name="cancellationToken">Ends the work; what is removed by then stays removed.</param>
    /// <exception cref="DataEngineXException">The retention is shorter than the table allows, or the table has files that this engine does not know.</exception>
    /// <exception cref="NotSupportedException">Tables of this kind have no such files. <value>Default: always.</value></exception>
    ValueTask<VacuumReport> VacuumAsync(TableVacuum vacuum, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{Id} has no files to remove.");
}
