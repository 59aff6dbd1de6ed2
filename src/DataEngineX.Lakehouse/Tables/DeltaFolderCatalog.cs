using System.Collections.Concurrent;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// Delta tables of the local disk by their paths, whoever wrote them: for a look into a table that belongs to no lakehouse. They are only read, and
/// nothing is made on the disk, so a folder without write access will do.
/// </summary>
/// <remarks>
/// <para>Safe for many threads. Where a log names a file by its whole path, that file is read wherever on the disk it lies.</para>
/// <para>A version is read for itself: that of an older one does not ask whether the newest can be read.</para>
/// </remarks>
public sealed class DeltaFolderCatalog : ITableCatalog
{
    private const string Namespace = "file";

    private readonly TimeProvider _clock;
    private readonly EngineOptions _options;
    private readonly FlowReader _reader;
    private readonly ConcurrentDictionary<string, TableContext> _tables = new(StringComparer.Ordinal);

    /// <summary>Creates the catalog; nothing is read.</summary>
    /// <param name="clock">The clock of runs. <value>Default: null, the system's.</value></param>
    /// <param name="options">Memory budget, threads and scratch folder of reads. <value>Default: null, those of <see cref="EngineOptions"/>.</value></param>
    public DeltaFolderCatalog(TimeProvider? clock = null, EngineOptions? options = null)
    {
        _clock = clock ?? TimeProvider.System;
        _options = options ?? new EngineOptions();
        _reader = new FlowReader(new DataAccess(this, DiskFiles.Instance, _clock, NoServices.Instance), _options);
    }

    /// <summary>Runs flows over these tables; name one as source by <c>new TableSource(DeltaFolderCatalog.IdOf(path))</c>.</summary>
    public FlowReader Reader => _reader;

    /// <summary>The id of the table in a folder.</summary>
    /// <param name="path">The folder; a relative path is taken from the current folder, and a <c>file:</c> address is its path.</param>
    public static DatasetId IdOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var isAddress = path.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        return new DatasetId(Namespace, DiskFiles.KeyOf(isAddress ? DeltaPaths.Decode(path) : path));
    }

    /// <summary>Opens the table in a folder.</summary>
    /// <param name="path">The folder; a relative path is taken from the current folder.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The table. Whether its versions can be read shows when they are.</returns>
    /// <exception cref="DataEngineXException">There is no folder, or no Delta log in it.</exception>
    public async ValueTask<ITable> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        var id = IdOf(path);
        return await FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new DataEngineXException(Directory.Exists(id.Name)
            ? $"{id.Name} is no Delta table: it has no {LogNames.Folder} folder with an entry or a checkpoint."
            : $"There is no folder {id.Name}.");
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The id is not that of a folder; see <see cref="IdOf"/>.</exception>
    /// <exception cref="DataEngineXException">The folder cannot be read.</exception>
    public async ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Namespace != Namespace)
            throw new ArgumentException($"'{id}' is not a table by its path: its namespace is not '{Namespace}'.", nameof(id));
        var table = _tables.GetOrAdd(id.Name, static (_, args) => args.Catalog.Create(args.Id), (Catalog: this, Id: id));
        var listing = await LogListing.ReadAsync(table.Store, table.Folder, 0, cancellationToken).ConfigureAwait(false);
        return listing.IsEmpty ? null : new DeltaTable(table, null);
    }

    /// <inheritdoc/>
    /// <exception cref="DataEngineXException">Always: these tables are only read.</exception>
    public ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        throw new DataEngineXException($"{request.Table} cannot be written: tables that are opened by their path are only read.");
    }

    /// <summary>Gives nothing: the disk is not searched for tables.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    public IAsyncEnumerable<DatasetId> ListAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<DatasetId>();

    private TableContext Create(DatasetId id) =>
        new(id, id.Name, new TableLog(DiskFiles.Instance, id.Name), DiskFiles.Instance, _clock, NoFailpoints.Instance) { Engine = _reader, Options = _options };
}
