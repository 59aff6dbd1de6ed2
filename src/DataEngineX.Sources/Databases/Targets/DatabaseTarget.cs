using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Sources;

/// <summary>
/// Writes a table of a relational database. Rows are staged in a temporary table; one transaction then brings them in by sets, with run key, cursor and
/// fencing token in the table <c>dataenginex_commits</c> beside it. A table that is not there is made.
/// </summary>
public sealed class DatabaseTarget : DispositionTarget
{
    private static readonly WriteDisposition[] All =
    [
        WriteDisposition.Append, WriteDisposition.Replace, WriteDisposition.Upsert, WriteDisposition.ReplacePartition,
        WriteDisposition.DeleteInsert, WriteDisposition.InsertOnly, WriteDisposition.History,
    ];

    /// <summary>Creates the target.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The table; a schema before it is set off by a point. The schema must be there.</param>
    /// <param name="disposition">What happens to rows that are there.</param>
    /// <param name="key">The key columns; for <see cref="WriteDisposition.ReplacePartition"/> those that tell partitions.</param>
    /// <exception cref="PlanException">The disposition is a merge, or needs a key.</exception>
    public DatabaseTarget(Database database, string table, WriteDisposition disposition, IReadOnlyList<string>? key = null)
        : base(
            (database ?? throw new ArgumentNullException(nameof(database))).DatasetOf(table), disposition, key, All, "a table of a database",
            "merge into a table of the lakehouse with MergeInto and publish its rows from there with UpsertInto")
    {
        Database = database;
        Table = table;
    }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        var bound = base.Bind(Dictionaries.Decode(flow));
        var dialect = Database.Dialect;
        foreach (var field in bound.FieldsList)
        {
            if (dialect.TypeOf(field.DataType) is null)
                throw new PlanException($"{Dataset}: the column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} is not written to {dialect.Name}: cast it, or leave it out.", Disposition, field.Name);
            if (field.Name == StagedBatch.RowColumn || dialect.WhyNotName(field.Name) is not null)
                throw new PlanException($"{Dataset}: the column '{field.Name}' cannot be written: {dialect.WhyNotName(field.Name) ?? "the name is taken for row numbers"}; give it another name.", Disposition, field.Name);
        }

        DemandOrder(bound, Sequence);
        if (WriteDisposition == WriteDisposition.History)
            DemandOrder(bound, History.ValidFrom);
        if (Where is not null)
            SqlConditions.Write(Where, dialect, "", []);
        return bound;
    }

    /// <inheritdoc/>
    public override async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var session = await TargetSession.OpenAsync(Database, Dataset, data.Services, cancellationToken).ConfigureAwait(false);
        await using var open = session.ConfigureAwait(false);
        return await session.ColumnsAsync(Table, cancellationToken).ConfigureAwait(false) is not { } columns
            ? null
            : new Schema([.. columns.Select(c => (Column: c, Type: Database.Dialect.TypeOf(c))).Where(c => c.Type is not null).Select(c => new Field(c.Column.ColumnName, c.Type, c.Column.AllowDBNull ?? true))], null);
    }

    /// <inheritdoc/>
    public override async ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(pipeline);
        var session = await TargetSession.OpenAsync(Database, Dataset, data.Services, cancellationToken).ConfigureAwait(false);
        await using var open = session.ConfigureAwait(false);
        return (await new CommitLedger(session, Dataset, Table).FindAsync(pipeline, cancellationToken).ConfigureAwait(false))?.Record;
    }

    /// <inheritdoc/>
    public override async ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var write = new DatabaseWrite(this, Dictionaries.Decode(request.Schema), request, WhereOf(request), SequenceOf(request));
        var session = await TargetSession.OpenAsync(Database, Dataset, request.Context.Data.Services, cancellationToken).ConfigureAwait(false);
        var writer = new DatabaseTargetWriter(write, session);
        try
        {
            await writer.PrepareAsync(cancellationToken).ConfigureAwait(false);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void DemandOrder(Schema schema, string? column)
    {
        if (column is not null && schema.GetFieldByName(column) is { } field && Database.Dialect.TypeOf(field.DataType) is { IsOrdered: false })
            throw new PlanException($"{Dataset}: rows are not put in order by '{column}', because {Database.Dialect.Name} does not compare {ArrowTypes.NameOf(field.DataType)} as numbers: cast it.", Disposition, column);
    }
}
