namespace DataEngineX.Hosting;

/// <summary>The profiles this lakehouse keeps of its tables; see <see cref="HostingBuilderExtensions.ProfileTables"/>.</summary>
public interface IProfileCatalog
{
    /// <summary>The newest profile of a table, or null when none was made yet. It may be of an older version than the table has.</summary>
    /// <param name="dataset">The table.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<DatasetProfile?> FindAsync(DatasetId dataset, CancellationToken cancellationToken = default);
}
