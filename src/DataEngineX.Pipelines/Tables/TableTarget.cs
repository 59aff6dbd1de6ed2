using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Writes a lakehouse table.</summary>
public sealed class TableTarget : PipelineTarget
{
    private readonly WriteDisposition _disposition;
    private readonly IReadOnlyList<string> _key;

    /// <summary>Creates the target.</summary>
    /// <param name="table">The table.</param>
    /// <param name="disposition">What happens to rows that are there.</param>
    /// <param name="key">The key columns; for <see cref="WriteDisposition.ReplacePartition"/> those that tell partitions.</param>
    public TableTarget(DatasetId table, WriteDisposition disposition, IReadOnlyList<string>? key = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (disposition is not (WriteDisposition.Append or WriteDisposition.Replace) && key is not { Count: > 0 })
            throw new PlanException($"The {ColumnNames.Of(disposition.ToString())} into {table} needs a key.");
        Dataset = table;
        _disposition = disposition;
        _key = key ?? [];
    }

    private TableTarget(TableTarget other)
        : this(other.Dataset, other._disposition, other._key)
    {
        (Where, Clauses, Evolution, PartitionColumns, Sequence, History) = (other.Where, other.Clauses, other.Evolution, other.PartitionColumns, other.Sequence, other.History);
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <summary>Which rows a replacement replaces; null for all.</summary>
    public Expr? Where { get; init; }

    /// <summary>The clauses of a merge.</summary>
    public IReadOnlyList<MergeClause> Clauses { get; init; } = [];

    /// <summary>How runs may change the columns of the table. <value>Default: not at all.</value></summary>
    public SchemaEvolution Evolution { get; init; }

    /// <summary>The columns whose values tell the data files of the table apart when a run creates it. <value>Default: none; a table that is there keeps its own.</value></summary>
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];

    /// <summary>The column by which an upsert tells which row of a key is the newest. <value>Default: null, the one that came last.</value></summary>
    public string? Sequence { get; init; }

    /// <summary>The columns of a history.</summary>
    public HistoryColumns History { get; init; } = new();

    /// <summary>The same target whose runs may change the columns of the table.</summary>
    /// <param name="evolution">How.</param>
    public TableTarget Evolve(SchemaEvolution evolution) => new(this) { Evolution = evolution };

    /// <summary>The same target whose runs create a table partitioned by some columns.</summary>
    /// <param name="columns">The columns; a table that is there must be partitioned by the same.</param>
    public TableTarget PartitionFilesBy(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new PlanException($"The files of {Dataset} are partitioned by at least one column.");
        return new(this) { PartitionColumns = columns };
    }

    /// <summary>The same target in which the row with the greatest value of a column is the newest of its key.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="PlanException">The target is no upsert.</exception>
    public TableTarget NewestBy(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        return _disposition == WriteDisposition.Upsert
            ? new(this) { Sequence = column }
            : throw new PlanException($"Only an upsert asks which row of a key is the newest; {Dataset} is written by {Disposition}.", column: column);
    }

    /// <inheritdoc/>
    public override string Disposition => ColumnNames.Of(_disposition.ToString());

    /// <inheritdoc/>
    public override IReadOnlyList<string> Key => _disposition switch
    {
        WriteDisposition.Upsert or WriteDisposition.InsertOnly => _key,
        WriteDisposition.History => [.. _key, History.ValidFrom],
        _ => [],
    };

    /// <summary>Whether the flow has all columns of the table; the clauses of a merge may bring some.</summary>
    internal bool BringsAllColumns => _disposition != WriteDisposition.Merge;

    /// <inheritdoc/>
    public override bool ReplacesInPart => _disposition == WriteDisposition.Replace;

    /// <inheritdoc/>
    public override bool OnlyAppends => _disposition == WriteDisposition.Append;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (_key.Count > 0)
            writer.List("key", _key.Select(CanonicalWriter.Quote));
        if (Where is not null)
            writer.Field("where", Where);
        if (Sequence is not null)
            writer.Field("sequence", Sequence);
        if (PartitionColumns.Count > 0)
            writer.List("partitions", PartitionColumns.Select(CanonicalWriter.Quote));
        if (Evolution != SchemaEvolution.None)
            writer.Field("evolution", Evolution.ToString());
        if (Clauses.Count > 0)
            writer.List("clauses", Clauses.Select(c => c.ToString()));
        if (_disposition == WriteDisposition.History)
            writer.Field("history", History.ToString());
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        foreach (var column in _key)
            SchemaTools.Ordinal(flow, column, Disposition);
        if (Sequence is not null)
            SchemaTools.Ordinal(flow, Sequence, Disposition);
        var table = _disposition == WriteDisposition.History ? History.SchemaOf(flow) : flow;
        foreach (var column in _disposition == WriteDisposition.Merge ? [] : PartitionColumns)
            SchemaTools.Ordinal(table, column, "partition files");
        return table;
    }

    /// <summary>Why the table would hold several rows of a key although the flow brings one of each; null when it would not.</summary>
    internal string? WhySeveralOf(IReadOnlyList<string> key) => _disposition switch
    {
        WriteDisposition.Append => "what is there stays beside the new rows: end the pipeline in UpsertInto or InsertOnlyInto",
        WriteDisposition.Replace when Where is not null => $"rows for which {Where} is not true stay beside the new ones: end the pipeline in UpsertInto",
        WriteDisposition.ReplacePartition when !_key.All(key.Contains) => $"other partitions stay, so the key must have {Named(_key.Except(key))} as well",
        WriteDisposition.Replace or WriteDisposition.ReplacePartition => null,
        _ when !_key.ToHashSet(StringComparer.Ordinal).SetEquals(key) => $"it is written by the key {Named(_key)}: name the same one",
        _ => null,
    };

    /// <summary>Whether the rows of a key that earlier runs have brought give way to those of a run, so that each run has to bring one row of a key only.</summary>
    internal bool SeesToOtherRuns => _disposition is WriteDisposition.DeleteInsert or WriteDisposition.Merge;

    /// <summary>Why new rows alone would take rows away that a full run would leave; null when they would not.</summary>
    /// <param name="isKeyed">Whether the flow brings one row of each key.</param>
    internal string? WhyNotNewRows(bool isKeyed) => _disposition switch
    {
        WriteDisposition.ReplacePartition => "would leave each partition with these only: divide the read with Partitioned(...) and end the pipeline in ReplaceTable, or read the table in full",
        WriteDisposition.DeleteInsert when !isKeyed => "would leave each key with these only: end the pipeline in UpsertInto, leave one row of each key with KeyedBy, or read the table by key, as Incremental(by: ...)",
        _ => null,
    };

    private static string Named(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"'{c}'"));

    /// <summary>The columns of the table that a flow brings: not those that the table works out itself.</summary>
    internal Schema Brought(Schema table, Schema flow) => _disposition != WriteDisposition.History
        ? table
        : new Schema(
            [
                .. table.FieldsList.Where(f => f.Name != History.ValidTo && f.Name != History.IsCurrent
                    && (f.Name != History.ValidFrom || flow.FieldsList.Any(c => c.Name == History.ValidFrom))),
            ],
            null);

    /// <inheritdoc/>
    public override ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Tables.FindRecordAsync(Dataset, pipeline, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Context.Data.Tables.OpenWriterAsync(
            new TableWriteRequest
            {
                Table = Dataset,
                Schema = request.Schema,
                Disposition = _disposition,
                Key = _key,
                Where = Where is not null && request.Replaces?.Condition is { } part ? Where & part : Where ?? request.Replaces?.Condition,
                Keys = request.Replaces?.Keys,
                PartitionColumns = PartitionColumns,
                Sequence = Sequence ?? (_disposition == WriteDisposition.Upsert ? request.Sequence : null),
                Evolution = Evolution | request.Evolution,
                Clauses = Clauses,
                History = History,
                Record = request.Record,
                Allocator = request.Context.Allocator,
            },
            cancellationToken);
    }
}
