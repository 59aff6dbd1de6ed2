using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads a lakehouse table at a pinned version, or the rows added since the version a pipeline has done.</summary>
public sealed class TableSource : BatchSource
{
    /// <summary>The position of a table that has no version yet.</summary>
    private const string NoVersion = "-";

    private readonly Schema? _declared;

    /// <summary>Creates the source.</summary>
    /// <param name="table">The table.</param>
    /// <param name="declared">The columns the reader counts on; a missing one or one of another type is an error when binding. <value>Default: null, whatever there is.</value></param>
    public TableSource(DatasetId table, Schema? declared = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        Dataset = table;
        _declared = declared;
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <summary>Where the table is found. <value>Default: null, in the lakehouse of the run.</value></summary>
    public ITableCatalog? Catalog { get; init; }

    /// <summary>The version that is read, whatever came after it. <value>Default: null, the newest at each run.</value></summary>
    public long? Version { get; init; }

    /// <summary>The time whose newest version is read. <value>Default: null, the newest at each run.</value></summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <inheritdoc/>
    public override bool SupportsIncremental => true;

    /// <inheritdoc/>
    public override bool SupportsPredicate => true;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Version is { } version)
            writer.Field("version", version);
        if (AsOf is { } time)
            writer.Field("as_of", time.UtcTicks);
    }

    /// <summary>Compares what the reader counts on with what there is.</summary>
    /// <param name="schema">The table's schema.</param>
    /// <exception cref="PlanException">A column is missing or has another type.</exception>
    public Schema Check(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        foreach (var expected in _declared?.FieldsList ?? [])
        {
            var found = schema.FieldsList[SchemaTools.Ordinal(schema, expected.Name)];
            if (!ArrowTypes.Same(found.DataType, expected.DataType) && !(SchemaTools.IsNumeric(found.DataType) && SchemaTools.IsNumeric(expected.DataType)))
            {
                throw new PlanException(
                    $"The column '{expected.Name}' of {Dataset} is {ArrowTypes.NameOf(found.DataType)}, but the row type says {ArrowTypes.NameOf(expected.DataType)}.",
                    "scan", expected.Name);
            }
        }

        return schema;
    }

    /// <inheritdoc/>
    public override async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var table = await FindAsync(data, cancellationToken).ConfigureAwait(false);
        return table is null ? null : Check((await SnapshotAsync(table, cancellationToken).ConfigureAwait(false)).Schema);
    }

    /// <inheritdoc/>
    public override async ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (since == NoVersion)
            since = null;
        var table = await FindAsync(data, cancellationToken).ConfigureAwait(false);
        if (table is null)
            return new InputVersion(Dataset, NoVersion, null, HasData: false);
        var snapshot = await SnapshotAsync(table, cancellationToken).ConfigureAwait(false);
        var position = snapshot.Version.ToString(CultureInfo.InvariantCulture);

        if (since is not null && VersionOf(since) > snapshot.Version)
        {
            // An older version was asked for: what is done stays done. A table that was made anew counts from the beginning: all of it is new.
            if (Version is not null || AsOf is not null)
                return new InputVersion(Dataset, since, since, HasData: false);
            since = null;
        }

        return new InputVersion(Dataset, position, since, position != since);
    }

    /// <inheritdoc/>
    public override async ValueTask<string?> IdentifyAsync(DataAccess data, string position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (position == NoVersion || await FindAsync(data, cancellationToken).ConfigureAwait(false) is not { } table)
            return null;
        return await table.IdentifyAsync(VersionOf(position), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(input);
        var table = input.HasData ? await FindAsync(data, cancellationToken).ConfigureAwait(false) : null;
        if (table is null)
            return new SourceSize(0, 0);
        var snapshot = await table.GetSnapshotAsync(VersionOf(input.Position), cancellationToken).ConfigureAwait(false);

        // What was added since is at most what there is; how much was replaced meanwhile is not worth another look at the log.
        return new SourceSize(snapshot.RowCount, snapshot.Bytes)
        {
            Dictionaries = await table.FindDictionariesAsync(new TableScan { Version = snapshot.Version }, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    /// <remarks>Cuts are made between commits that only add rows: of what a later commit takes away, a reader of the whole would not hear.</remarks>
    public override async ValueTask<IReadOnlyList<string>> CutAsync(DataAccess data, InputVersion input, long rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(input);
        var table = input.Position == NoVersion ? null : await FindAsync(data, cancellationToken).ConfigureAwait(false);
        if (table is null)
            return [input.Position];
        var (last, since) = (VersionOf(input.Position), input.Since is { } done ? VersionOf(done) : -1);
        var added = new List<TableCommit>();
        await foreach (var commit in table.GetHistoryAsync(cancellationToken).ConfigureAwait(false))
        {
            if (commit.Version <= last && commit.Version > since)
                added.Add(commit);
            if (commit.Version <= since || (commit.Version <= last && commit.RowsRemoved is not 0))
                break;
        }

        added.Reverse();
        var cuts = new List<string>();
        long sum = 0;
        foreach (var commit in added.SkipLast(1))
        {
            sum += commit.RowsAdded ?? rows;
            if (sum < rows)
                continue;
            cuts.Add(commit.Version.ToString(CultureInfo.InvariantCulture));
            sum = 0;
        }

        return [.. cuts, input.Position];
    }

    /// <inheritdoc/>
    public override async ValueTask<FileSelection?> SelectFilesAsync(
        DataAccess data, InputVersion input, Expr predicate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(input);
        if (await FindAsync(data, cancellationToken).ConfigureAwait(false) is not { } table)
            return null;
        return await table.SelectFilesAsync(ScanOf(input) with { Predicate = predicate }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Input.Position == NoVersion)
            yield break;
        var table = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        await foreach (var batch in table.ScanAsync(ScanOf(request), cancellationToken).ConfigureAwait(false))
            yield return batch;
    }

    /// <inheritdoc/>
    public override bool TellsChanges => true;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadChangesAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var table = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        var changes = new TableChanges
        {
            From = VersionOf(request.Input.Since ?? throw new ArgumentException("Changes start after a position.", nameof(request))) + 1,
            To = VersionOf(request.Input.Position),
            Columns = [.. request.Schema.FieldsList.Select(f => f.Name)],
            Allocator = request.Context.Allocator,
            BatchRows = request.Context.BatchRows,
        };
        await foreach (var batch in table.ReadChangesAsync(changes, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                yield return new RecordBatch(request.Schema, [.. request.Schema.FieldsList.Select((_, i) => ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()))], batch.Length);
        }
    }

    /// <inheritdoc/>
    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Input.Position == NoVersion
            ? BatchStream.Of(System.Array.Empty<BatchPart>())
            : BatchStream.Defer(async stop => (await OpenAsync(request, stop).ConfigureAwait(false)).Scan(ScanOf(request)));
    }

    private static TableScan ScanOf(InputVersion input) => new()
    {
        Version = VersionOf(input.Position),
        Since = input.Since is { } since ? VersionOf(since) : null,
    };

    private static TableScan ScanOf(ScanRequest request) => ScanOf(request.Input) with
    {
        AppendsOnly = request.AppendsOnly,
        Columns = [.. request.Schema.FieldsList.Select(f => f.Name)],
        Dictionaries = [.. request.Schema.FieldsList.Where(f => f.DataType is DictionaryType).Select(f => f.Name)],
        Predicate = request.Predicate,
        Rows = request.Context.Rows,
        Allocator = request.Context.Allocator,
        BatchRows = request.Context.BatchRows,
    };

    private async ValueTask<TableSnapshot> SnapshotAsync(ITable table, CancellationToken cancellationToken)
    {
        var version = AsOf is { } time ? await table.FindVersionAsync(time, cancellationToken).ConfigureAwait(false) : Version;
        return await table.GetSnapshotAsync(version, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ITable> OpenAsync(ScanRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.Context.Data, cancellationToken).ConfigureAwait(false)
            ?? throw new DataEngineXException($"{Dataset} was there when the run was planned and is gone.");

    private ValueTask<ITable?> FindAsync(DataAccess data, CancellationToken cancellationToken) => (Catalog ?? data.Tables).FindAsync(Dataset, cancellationToken);

    private static long VersionOf(string position) => long.Parse(position, CultureInfo.InvariantCulture);
}
