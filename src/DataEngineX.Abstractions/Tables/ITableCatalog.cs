namespace DataEngineX;

/// <summary>The tables of a lakehouse.</summary>
public interface ITableCatalog
{
    /// <summary>Opens a table.</summary>
    /// <param name="id">The table.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The table, or null when it has no version yet.</returns>
    ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default);

    /// <summary>The record of the last commit that a pipeline made to a table, without more of the table than that takes.</summary>
    /// <param name="id">The table.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The record, or null when there is no table or no such commit. <value>Default: what the newest snapshot says.</value></returns>
    async ValueTask<CommitRecord?> FindRecordAsync(DatasetId id, string pipeline, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } table)
            return null;
        return (await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false)).Records.GetValueOrDefault(pipeline);
    }

    /// <summary>Starts a write; the table is created by its first commit.</summary>
    /// <param name="request">What will be written and how.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default);

    /// <summary>All tables that have a version, in order of their ids.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    IAsyncEnumerable<DatasetId> ListAsync(CancellationToken cancellationToken = default);
}
