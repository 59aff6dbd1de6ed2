using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Sources;

/// <summary>
/// Reads a table or view through any ADO.NET provider: by one statement, or in chunks of its key on several connections; in one snapshot where
/// asked for; incrementally by a cursor column.
/// </summary>
public sealed class DatabaseSource : BatchSource
{
    private readonly Func<IServiceProvider, DbConnection> _connect;
    private readonly string _table;
    private readonly DatabaseReadOptions _options;
    private readonly Schema? _declared;
    private volatile Schema? _found;

    /// <summary>Creates the source.</summary>
    /// <param name="name">The name of the database, for cursor and lineage; with the table it is the dataset.</param>
    /// <param name="connect">Makes a connection, closed; called for each part read.</param>
    /// <param name="table">The table or view; a schema before it is set off by a point.</param>
    /// <param name="columns">The columns read. <value>Default: null, all, with the types that the database tells.</value></param>
    /// <param name="options">Key, chunks, snapshot, cursor. <value>Default: null, one statement for everything.</value></param>
    /// <exception cref="PlanException">A column has a type that is not read from databases.</exception>
    public DatabaseSource(string name, Func<IServiceProvider, DbConnection> connect, string table, Schema? columns = null, DatabaseReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        Dataset = new DatasetId(name, table);
        _connect = connect;
        _table = table;
        _declared = columns;
        _options = options ?? new DatabaseReadOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ChunkRows, 1, nameof(options));
        if (_declared is not null)
            Check(_declared);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override bool SupportsIncremental => _options.Cursor is not null;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "database");
        if (_declared is not null)
            writer.List("columns", _declared.FieldsList.Select(f => $"{CanonicalWriter.Quote(f.Name)}:{ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"));
        if (_options.Key.Count > 0)
            writer.List("key", _options.Key.Select(CanonicalWriter.Quote));
        if (_options.Snapshot is { } snapshot)
            writer.Field("snapshot", snapshot.Isolation.ToString()).Flag("shared", snapshot.IsShared);
        if (_options.Cursor is not { } cursor)
            return;
        writer.Field("cursor", cursor.Column).Field("start", Text(cursor.Start)).Field("end", Text(cursor.End)).Flag("leaves_nulls", cursor.Nulls == NullCursor.Leave);
        if (cursor.Lag != TimeSpan.Zero)
            writer.Field("lag", cursor.Lag.ToString("c", CultureInfo.InvariantCulture));
        if (cursor.LookBack != TimeSpan.Zero)
            writer.Field("look_back", cursor.LookBack.ToString("c", CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return _declared ?? (_found ??= await DatabaseFaults.CatchAsync(Dataset, "its columns cannot be read", () => FindAsync(data, cancellationToken)).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var now = data.Clock.GetUtcNow();
        return await DatabaseFaults.CatchAsync(Dataset, "it cannot be asked what is new", async () =>
        {
            var session = await OpenAsync(data, null, isRead: false, cancellationToken).ConfigureAwait(false);
            await using var open = session.ConfigureAwait(false);
            var probe = new DatabaseProbe(Dataset, _table, _options, session);
            await probe.CheckKeyAsync(cancellationToken).ConfigureAwait(false);
            return _options.Cursor is null
                ? new InputVersion(Dataset, now.ToString("O", CultureInfo.InvariantCulture), null, HasData: true)
                : await probe.PinAsync(since, now, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Cuts are made between values of the cursor column. A snapshot holds for one part.</remarks>
    public override async ValueTask<IReadOnlyList<string>> CutAsync(DataAccess data, InputVersion input, long rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (_options.Cursor is null)
            return [input.Position];
        return await DatabaseFaults.CatchAsync(Dataset, "it cannot be asked where a part may end", async () =>
        {
            var session = await OpenAsync(data, null, isRead: false, cancellationToken).ConfigureAwait(false);
            await using var open = session.ConfigureAwait(false);
            return await new DatabaseProbe(Dataset, _table, _options, session).CutAsync(input, rows, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new DatabaseReader(Dataset, _table, _options, request);
        var session = await OpenReadAsync(request, null, cancellationToken).ConfigureAwait(false);
        await using var open = session.ConfigureAwait(false);
        foreach (var range in Ranges(request.Input))
        {
            await foreach (var chunk in reader.ChunksAsync(range, session, cancellationToken).ConfigureAwait(false))
            {
                await foreach (var batch in reader.ReadAsync(chunk, session, cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    /// <inheritdoc/>
    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        // Chunks are read at once where there are any, and where several connections may see the same.
        return _options.Key.Count == 0 || _options.Snapshot is { IsShared: false }
            ? BatchStream.Of(ReadAsync(request, cancellationToken))
            : BatchStream.Defer(async stop =>
            {
                var session = await OpenReadAsync(request, null, stop).ConfigureAwait(false);
                return BatchStream.Of(PartsAsync(request, session, stop)).Owning(session);
            });
    }

    /// <summary>A part a chunk. The session that finds them stays open until the last was read: the snapshot is its.</summary>
    private async IAsyncEnumerable<BatchPart> PartsAsync(
        ScanRequest request, DatabaseSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new DatabaseReader(Dataset, _table, _options, request);
        foreach (var range in Ranges(request.Input))
        {
            await foreach (var chunk in reader.ChunksAsync(range, session, cancellationToken).ConfigureAwait(false))
                yield return BatchPart.Of(stop => ReadChunkAsync(reader, chunk, session.Snapshot, request, stop));
        }
    }

    private async IAsyncEnumerable<RecordBatch> ReadChunkAsync(
        DatabaseReader reader, DatabaseRange chunk, string? snapshot, ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await OpenReadAsync(request, snapshot, cancellationToken).ConfigureAwait(false);
        await using var open = session.ConfigureAwait(false);
        await foreach (var batch in reader.ReadAsync(chunk, session, cancellationToken).ConfigureAwait(false))
            yield return batch;
    }

    // Beside a source that has something new this one is read as well.
    private IReadOnlyList<DatabaseRange> Ranges(InputVersion input) => !input.HasData ? [] : _options.Cursor is { } cursor
        ? DatabaseRanges.Between(
            input.Since is null ? null : CursorPosition.Parse(input.Since, Dataset), CursorPosition.Parse(input.Position, Dataset), cursor)
        : [new DatabaseRange([])];

    private async ValueTask<Schema> FindAsync(DataAccess data, CancellationToken cancellationToken)
    {
        var session = await OpenAsync(data, null, isRead: false, cancellationToken).ConfigureAwait(false);
        await using var open = session.ConfigureAwait(false);
        var command = session.Command(new SqlBuilder(_options.Dialect).Add("SELECT *").From(_table).Add(" WHERE 1 = 0"));
        await using var openCommand = command.ConfigureAwait(false);
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var openRows = rows.ConfigureAwait(false);
        var schema = DatabaseColumns.SchemaOf(DatabaseColumns.Read(rows), Dataset.ToString());
        Check(schema);
        return schema;
    }

    private ValueTask<DatabaseSession> OpenReadAsync(ScanRequest request, string? snapshot, CancellationToken cancellationToken) =>
        DatabaseFaults.CatchAsync(Dataset, "the connection failed", () => OpenAsync(request.Context.Data, snapshot, isRead: true, cancellationToken));

    private ValueTask<DatabaseSession> OpenAsync(DataAccess data, string? snapshot, bool isRead, CancellationToken cancellationToken) =>
        DatabaseSession.OpenAsync(_connect, data.Services, _options, snapshot, isRead, cancellationToken);

    private void Check(Schema schema)
    {
        foreach (var field in schema.FieldsList)
            DbCells.Create(field, Dataset.ToString());
    }

    private static string? Text(object? value) => value is null ? null : CursorPosition.TextOf(value).ToString();
}
