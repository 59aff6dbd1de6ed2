using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// A target of rows that is written by a <see cref="WriteDisposition"/>: a table of the lakehouse or of a database, a folder of files. What a disposition
/// means, which rows it may be given and what the pipeline must see to is the same for all of them and stands here.
/// </summary>
public abstract partial class DispositionTarget : PipelineTarget
{
    private Expr? _where;
    private SchemaEvolution _evolution;
    private IReadOnlyList<string> _partitionColumns = [];
    private string? _sequence;

    /// <summary>Creates a target that knows all dispositions.</summary>
    /// <param name="dataset">The dataset written.</param>
    /// <param name="disposition">What happens to rows that are there.</param>
    /// <param name="key">The key columns; for <see cref="WriteDisposition.ReplacePartition"/> those that tell partitions.</param>
    /// <exception cref="PlanException">The disposition needs a key.</exception>
    protected DispositionTarget(DatasetId dataset, WriteDisposition disposition, IReadOnlyList<string>? key)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (disposition is not (WriteDisposition.Append or WriteDisposition.Replace) && key is not { Count: > 0 })
            throw new PlanException($"The {NameOf(disposition)} into {dataset} needs a key.");
        Dataset = dataset;
        WriteDisposition = disposition;
        KeyColumns = key ?? [];
    }

    /// <summary>Creates a target that knows some dispositions and refuses the others.</summary>
    /// <param name="dataset">The dataset written.</param>
    /// <param name="disposition">What happens to rows that are there.</param>
    /// <param name="key">The key columns; for <see cref="WriteDisposition.ReplacePartition"/> those that tell partitions.</param>
    /// <param name="known">The dispositions that it knows.</param>
    /// <param name="kind">What it is, such as <c>a folder of files</c>.</param>
    /// <param name="instead">What to write instead of the others.</param>
    /// <exception cref="PlanException">The disposition is not known, or needs a key.</exception>
    protected DispositionTarget(
        DatasetId dataset, WriteDisposition disposition, IReadOnlyList<string>? key, IReadOnlyCollection<WriteDisposition> known, string kind, string instead)
        : this(Known(dataset, disposition, known, kind, instead), disposition, key)
    {
    }

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <summary>What happens to rows that are there.</summary>
    public WriteDisposition WriteDisposition { get; }

    /// <summary>The key columns; of <see cref="WriteDisposition.ReplacePartition"/> those that tell partitions.</summary>
    public IReadOnlyList<string> KeyColumns { get; }

    /// <summary>Which rows a replacement replaces; null for all.</summary>
    public Expr? Where { get => _where; init => _where = value; }

    /// <summary>The clauses of a merge.</summary>
    public IReadOnlyList<MergeClause> Clauses { get; init; } = [];

    /// <summary>How runs may change the columns of what is there. <value>Default: not at all.</value></summary>
    public SchemaEvolution Evolution { get => _evolution; init => _evolution = value; }

    /// <summary>The columns whose values tell the data files apart when a run creates the dataset. <value>Default: none; what is there keeps its own.</value></summary>
    public IReadOnlyList<string> PartitionColumns { get => _partitionColumns; init => _partitionColumns = value; }

    /// <summary>The column by which an upsert tells which row of a key is the newest. <value>Default: null, the one that came last.</value></summary>
    public string? Sequence { get => _sequence; init => _sequence = value; }

    /// <summary>The columns of a history.</summary>
    public HistoryColumns History { get; init; } = new();

    /// <inheritdoc/>
    public override string Disposition => NameOf(WriteDisposition);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Key => WriteDisposition switch
    {
        WriteDisposition.Upsert or WriteDisposition.InsertOnly => KeyColumns,
        WriteDisposition.History => [.. KeyColumns, History.ValidFrom],
        _ => [],
    };

    /// <inheritdoc/>
    public override bool ReplacesInPart => WriteDisposition == WriteDisposition.Replace;

    /// <inheritdoc/>
    public override bool OnlyAppends => WriteDisposition == WriteDisposition.Append;

    /// <summary>The same target whose runs may change the columns of what is there.</summary>
    /// <param name="evolution">How.</param>
    public virtual DispositionTarget Evolve(SchemaEvolution evolution)
    {
        var copy = (DispositionTarget)MemberwiseClone();
        copy._evolution = evolution;
        return copy;
    }

    /// <summary>The same target in which the row with the greatest value of a column is the newest of its key.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="PlanException">The target is no upsert.</exception>
    public virtual DispositionTarget NewestBy(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        if (WriteDisposition != WriteDisposition.Upsert)
            throw new PlanException($"Only an upsert asks which row of a key is the newest; {Dataset} is written by {Disposition}.", column: column);
        var copy = (DispositionTarget)MemberwiseClone();
        copy._sequence = column;
        return copy;
    }

    /// <summary>The same target whose data files are told apart by the values of some columns.</summary>
    /// <param name="columns">The columns; what is there must be partitioned by the same.</param>
    /// <exception cref="PlanException">The target has no data files that are partitioned.</exception>
    public virtual DispositionTarget PartitionFilesBy(params IReadOnlyList<string> columns) =>
        throw new PlanException($"{Dataset} has no data files of its own to be partitioned.");

    /// <summary>The same target with partition columns, for targets that have them.</summary>
    /// <typeparam name="TTarget">The target's own type.</typeparam>
    /// <param name="columns">The columns.</param>
    /// <exception cref="PlanException">There is none.</exception>
    protected TTarget WithPartitionColumns<TTarget>(IReadOnlyList<string> columns)
        where TTarget : DispositionTarget
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new PlanException($"The files of {Dataset} are partitioned by at least one column.");
        var copy = (TTarget)MemberwiseClone();
        ((DispositionTarget)copy)._partitionColumns = columns;
        return copy;
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (KeyColumns.Count > 0)
            writer.List("key", KeyColumns.Select(CanonicalWriter.Quote));
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
        if (WriteDisposition == WriteDisposition.History)
            writer.Field("history", History.ToString());
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        foreach (var column in KeyColumns)
            SchemaTools.Ordinal(flow, column, Disposition);
        if (Sequence is not null)
            SchemaTools.Ordinal(flow, Sequence, Disposition);
        var table = WriteDisposition == WriteDisposition.History ? History.SchemaOf(flow) : flow;
        foreach (var column in WriteDisposition == WriteDisposition.Merge ? [] : PartitionColumns)
            SchemaTools.Ordinal(table, column, "partition files");
        return table;
    }

    /// <summary>Which rows of the dataset a run replaces, by its own condition and that of the target; null for all, or for those of its keys.</summary>
    /// <param name="request">The write.</param>
    protected Expr? WhereOf(TargetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Where is not null && request.Replaces?.Condition is { } part ? Where & part : Where ?? request.Replaces?.Condition;
    }

    /// <summary>The column by which a run tells the newest row of a key; null for the one that comes last.</summary>
    /// <param name="request">The write.</param>
    protected string? SequenceOf(TargetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sequence ?? (WriteDisposition == WriteDisposition.Upsert ? request.Sequence : null);
    }
}
