using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Tables.Edits;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>
/// The tables of a lakehouse: Delta tables below <c>&lt;layer&gt;/&lt;name&gt;/</c> of an object store, which other engines read as they are.
/// </summary>
/// <remarks>
/// <para>Safe for many threads and, over the same store, for many catalogs and processes: a version is made by exactly one writer, and versions
/// of others are seen at the next call. What was read of a log stays in memory, so that opening a table again reads only what is new.</para>
/// <para>Of a table in <see cref="Layer.Quarantine"/> only versions are shown whose commits were published by their pipeline's target: see
/// <see cref="TableWriteRequest.PublishedSequence"/>. Where the target is no table, all are shown.</para>
/// <para>Incremental reads (<see cref="TableScan.Since"/>) give the rows of the files added. After an upsert these are all rows of the files it
/// wrote, also those that it only carried over; a replacement of rows that were there before is an error.</para>
/// </remarks>
public sealed class DeltaTableCatalog : ITableCatalog
{
    private readonly IObjectStore _store;
    private readonly TimeProvider _clock;
    private readonly IFailpoints _failpoints;
    private readonly EngineOptions _options;
    private readonly FlowReader _engine;
    private readonly ConcurrentDictionary<DatasetId, TableContext> _tables = new();

    /// <summary>Creates the catalog; nothing is read.</summary>
    /// <param name="store">Where the tables are.</param>
    /// <param name="clock">The host's clock, for the times of commits.</param>
    /// <param name="failpoints">Where tests make a write fail; <see cref="NoFailpoints.Instance"/> otherwise.</param>
    /// <param name="options">Memory budget, threads and scratch folder of the plans by which rows are changed. <value>Default: null, those of <see cref="EngineOptions"/>.</value></param>
    public DeltaTableCatalog(IObjectStore store, TimeProvider clock, IFailpoints failpoints, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(failpoints);
        _store = store;
        _clock = clock;
        _failpoints = failpoints;
        _options = options ?? new EngineOptions();
        _engine = new FlowReader(new DataAccess(this, store, clock, NoServices.Instance), _options);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The id is not that of a lakehouse table.</exception>
    /// <exception cref="DataEngineXException">The log is damaged, or the table uses what is not supported; the message names it.</exception>
    public async ValueTask<ITable?> FindAsync(DatasetId id, CancellationToken cancellationToken = default)
    {
        var found = TableOf(id);
        return await found.GetPublishedVersionAsync(cancellationToken).ConfigureAwait(false) is null ? null : found;
    }

    /// <inheritdoc/>
    public async ValueTask<CommitRecord?> FindRecordAsync(DatasetId id, string pipeline, CancellationToken cancellationToken = default) =>
        await TableOf(id).GetRecordAsync(pipeline, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The id is not that of a lakehouse table, or the key does not fit the disposition.</exception>
    /// <exception cref="PlanException">The columns do not fit the table; the message says how.</exception>
    public async ValueTask<ITargetWriter> OpenWriterAsync(TableWriteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var table = Of(request.Table);
        var state = await table.Log.GetNewestAsync(cancellationToken).ConfigureAwait(false);
        if (state is not null)
            DeltaProtocol.CheckWritable(table.Folder, state, CommitIntent.IsOnlyAdding(request));
        var schema = state?.Schema ?? TableColumns.OfNew(request.Schema);
        if (state is null)
            _ = DeltaSchema.Write(schema);
        CheckPartitions(request, state, schema);
        if (request.Disposition == WriteDisposition.Merge)
            return OpenMerge(table, request, state, schema);
        if (request.Disposition == WriteDisposition.History)
            return OpenHistory(table, request, state);
        var change = state is null || request.Evolution == SchemaEvolution.None
            ? null
            : SchemaChange.Of(state, TableColumns.OfNew(request.Schema), request.Evolution);
        var columns = TableColumns.Fit(table.Id, change?.Schema ?? schema, request.Schema, request.Evolution);
        CheckKey(request, columns.Schema);
        CheckSequence(request, columns.Schema);
        return request.Disposition == WriteDisposition.Append || (request.Disposition == WriteDisposition.Replace && request.Where is null && request.Keys is null)
            ? new TableWriter(table, request, state, columns, change)
            : new EditTargetWriter(table, request, state, columns, columns.Schema, change);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetId> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var found = new List<DatasetId>();
        foreach (var layer in Enum.GetValues<Layer>())
            found.AddRange(await ListAsync(layer, cancellationToken).ConfigureAwait(false));
        foreach (var id in found.OrderBy(i => i.ToString(), StringComparer.Ordinal))
            yield return id;
    }

    /// <summary>
    /// The rows of a merge have columns of their own; its clauses say what becomes of them. Where a clause sets all columns of the source, the table may come to
    /// have them.
    /// </summary>
    private static EditTargetWriter OpenMerge(TableContext table, TableWriteRequest request, LogState? state, Apache.Arrow.Schema schema)
    {
        var columns = TableColumns.Fit(table.Id, TableColumns.OfNew(request.Schema), request.Schema);
        var setsAll = request.Clauses.Any(c => c.Set is null && c.Action != MergeAction.Delete);
        var change = state is null || request.Evolution == SchemaEvolution.None || !setsAll ? null : SchemaChange.Of(state, columns.Schema, request.Evolution);
        schema = change?.Schema ?? schema;
        CheckKey(request, schema);
        CheckKey(request, columns.Schema);
        foreach (var set in request.Clauses.Select(c => c.Set ?? (c.Action == MergeAction.Delete ? [] : EditColumns.OfSource(columns.Schema))))
            EditColumns.Check(table.Id, schema, set);
        return new EditTargetWriter(table, request, state, columns, schema, change);
    }

    /// <summary>The rows of a history are states; the table keeps their spans beside them.</summary>
    private static EditTargetWriter OpenHistory(TableContext table, TableWriteRequest request, LogState? state)
    {
        var rows = TableColumns.OfNew(request.Schema);
        var asked = request.History.SchemaOf(rows);
        var change = state is null || request.Evolution == SchemaEvolution.None ? null : SchemaChange.Of(state, asked, request.Evolution);
        var schema = change?.Schema ?? state?.Schema ?? asked;
        if (state is null)
            _ = DeltaSchema.Write(schema);
        else
            _ = TableColumns.Fit(table.Id, schema, asked, request.Evolution);
        CheckKey(request, rows);

        // States come in the types of the table, so that they meet those that are there.
        var arrived = new Apache.Arrow.Schema([.. rows.FieldsList.Select(f => new Apache.Arrow.Field(f.Name, schema.GetFieldByName(f.Name).DataType, f.IsNullable))], null);
        return new EditTargetWriter(table, request, state, TableColumns.Fit(table.Id, arrived, request.Schema, request.Evolution), schema, change);
    }

    private static void CheckSequence(TableWriteRequest request, Apache.Arrow.Schema schema)
    {
        if (request.Sequence is not { } column)
            return;
        if (request.Disposition != WriteDisposition.Upsert)
            throw new ArgumentException($"Only an upsert asks which row of a key is the newest; {request.Table} is written by {TableOperations.NameOf(request.Disposition)}.", nameof(request));
        if (!schema.FieldsList.Any(f => string.Equals(f.Name, column, StringComparison.Ordinal)))
            throw new PlanException($"{request.Table} has no column '{column}' by which the newest row of a key could be told.", column: column);
    }

    private static void CheckPartitions(TableWriteRequest request, LogState? state, Apache.Arrow.Schema schema)
    {
        if (state is null)
            PartitionLayout.Check(request.Table, request.Disposition == WriteDisposition.History ? request.History.SchemaOf(schema) : schema, request.PartitionColumns);
        else if (request.PartitionColumns.Count > 0 && !request.PartitionColumns.SequenceEqual(state.Metadata.PartitionColumns, StringComparer.Ordinal))
        {
            var there = state.Metadata.PartitionColumns;
            throw new PlanException(
                $"{request.Table} is {(there.Count == 0 ? "not partitioned" : $"partitioned by {string.Join(", ", there)}")}, but the write asks for it to be partitioned by "
                + $"{string.Join(", ", request.PartitionColumns)}; a table keeps the partitions that it was created with.");
        }
    }

    private static void CheckKey(TableWriteRequest request, Apache.Arrow.Schema schema)
    {
        if (request.Disposition is WriteDisposition.Append or WriteDisposition.Replace)
            return;
        var what = TableOperations.NameOf(request.Disposition);
        if (request.Key.Count == 0)
            throw new ArgumentException($"The {what} into {request.Table} needs at least one key column.", nameof(request));
        if (request.Key.FirstOrDefault(k => !schema.FieldsList.Any(f => string.Equals(f.Name, k, StringComparison.Ordinal))) is { } missing)
            throw new PlanException($"{request.Table} has no key column '{missing}'.", column: missing);
    }

    private async ValueTask<IEnumerable<DatasetId>> ListAsync(Layer layer, CancellationToken cancellationToken)
    {
        var prefix = DatasetId.Table(layer, "x").Namespace + "/";
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var info in _store.ListAsync(prefix, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var slash = info.Key.IndexOf('/', prefix.Length);
            if (slash > 0 && info.Key.AsSpan(slash + 1).StartsWith(LogNames.Folder + "/0", StringComparison.Ordinal))
                names.Add(info.Key[prefix.Length..slash]);
        }

        var tables = new List<DatasetId>();
        foreach (var name in names.Where(DatasetId.IsTableName))
        {
            var id = DatasetId.Table(layer, name);
            if (layer != Layer.Quarantine || await FindAsync(id, cancellationToken).ConfigureAwait(false) is not null)
                tables.Add(id);
        }

        return tables;
    }

    private ValueTask<LogState?> NewestOfAsync(DatasetId id, CancellationToken cancellationToken) => Of(id).Log.GetNewestAsync(cancellationToken);

    private DeltaTable TableOf(DatasetId id)
    {
        var table = Of(id);
        return new DeltaTable(table, table.Id.Layer == Layer.Quarantine ? new QuarantineVisibility(table.Log, NewestOfAsync) : null);
    }

    private TableContext Of(DatasetId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Layer is not { } layer)
            throw new ArgumentException($"'{id}' is not a table of the lakehouse: its namespace is none of raw, bronze, silver, gold and quarantine.", nameof(id));
        var table = DatasetId.Table(layer, id.Name);
        return _tables.GetOrAdd(table, static (t, catalog) => catalog.Create(t), this);
    }

    private TableContext Create(DatasetId table)
    {
        var folder = table.ToString();
        return new TableContext(table, folder, new TableLog(_store, folder), _store, _clock, _failpoints) { Engine = _engine, Options = _options };
    }
}
