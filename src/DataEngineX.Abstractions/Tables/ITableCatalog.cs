namespace DataEngineX;

/// <summary>The tables of a lakehouse.</summary>
public interface ITableCatalog
{
    /// <summary>Opens a table.</summary>
    /// <param name="id">The table.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The table, or null when it has no version yet.</returns>
    ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default);

    /// <summary>Starts a write; the table is created by its first commit.</summary>
    /// <param name="request">What will be written and how.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default);

    /// <summary>All tables that have a version, in order of their ids.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    IAsyncEnumerable<DatasetId> ListAsync(CancellationToken cancellationToken = default);
}
