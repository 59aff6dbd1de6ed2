using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads a source.</summary>
public sealed class ScanNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="isIncremental">Whether only data new since the last run is read.</param>
    /// <param name="columns">The columns wanted, or null for all; the optimizer fills it in.</param>
    /// <param name="predicate">A condition the source may skip data by; the optimizer fills it in.</param>
    public ScanNode(BatchSource source, bool isIncremental = false, IReadOnlyList<string>? columns = null, Expr? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (isIncremental && !source.SupportsIncremental)
            throw new PlanException($"{source.Dataset} cannot be read incrementally.", "scan");
        Source = isIncremental ? source.AsIncremental() : source;
        IsIncremental = isIncremental;
        Columns = columns;
        Predicate = predicate;
    }

    /// <summary>What is read.</summary>
    public BatchSource Source { get; }

    /// <summary>Whether only data new since the last run is read.</summary>
    public bool IsIncremental { get; }

    /// <summary>For an incremental read by key: the columns whose values decide which rows are read again. Empty for a read of new rows only.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>By which column the read is divided into partitions, and how; null when it is not.</summary>
    public PartitionedBy? Partition { get; init; }

    /// <summary>Whether the rows are appended to what earlier runs wrote, so that none may come twice.</summary>
    internal bool AppendsOnly { get; init; }

    /// <summary>Whether all rows are read, of which an operator above keeps those of the keys that changed.</summary>
    internal bool ReadsWhole { get; init; }

    /// <summary>The columns wanted, or null for all.</summary>
    public IReadOnlyList<string>? Columns { get; }

    /// <summary>The condition that reached the source, or null.</summary>
    public Expr? Predicate { get; }

    /// <summary>The most rows of it that will be used, or null; the optimizer fills it in.</summary>
    public long? RowLimit { get; init; }

    /// <summary>The texts asked for as indices into the source's dictionaries; the optimizer fills it in. <value>Default: none.</value></summary>
    public IReadOnlyList<string> Dictionaries { get; init; } = [];

    /// <summary>How much it is expected to yield; the optimizer fills it in.</summary>
    public SourceSize Size { get; init; }

    /// <summary>The same scan with what the optimizer found out; null leaves a part as it is.</summary>
    internal ScanNode With(
        IReadOnlyList<string>? columns = null, Expr? predicate = null, long? rowLimit = null, SourceSize? size = null, IReadOnlyList<string>? dictionaries = null) =>
        new(Source, IsIncremental, columns ?? Columns, predicate ?? Predicate)
        {
            Key = Key,
            Partition = Partition,
            AppendsOnly = AppendsOnly,
            ReadsWhole = ReadsWhole,
            RowLimit = rowLimit ?? RowLimit,
            Size = size ?? Size,
            Dictionaries = dictionaries ?? Dictionaries,
        };

    /// <summary>The same scan for a target that appends, or for a run that computes changed keys anew.</summary>
    internal ScanNode With(bool appendsOnly, bool readsWhole) => new(Source, IsIncremental, Columns, Predicate)
    {
        Key = Key,
        Partition = Partition,
        AppendsOnly = appendsOnly,
        ReadsWhole = readsWhole,
        RowLimit = RowLimit,
        Size = Size,
        Dictionaries = Dictionaries,
    };

    /// <summary>An incremental read of all rows whose key is one that changed.</summary>
    internal static ScanNode ByKey(BatchSource source, IReadOnlyList<string> key)
    {
        if (!source.TellsChanges)
            throw new PlanException($"{source.Dataset} does not tell which rows were changed or deleted, so that it cannot be read by key: read it with Incremental() alone, or in full.", "scan");
        return key.Count > 0
            ? new ScanNode(source, isIncremental: true) { Key = key }
            : throw new PlanException($"An incremental read of {source.Dataset} by key needs at least one column.", "scan");
    }

    /// <inheritdoc/>
    public override string Operator => "scan";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs) => this;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("dataset", Source.Dataset.ToString());
        Source.WriteCanonical(writer);
        writer.Flag("incremental", IsIncremental);
        if (Key.Count > 0)
            writer.List("key", Key.Select(CanonicalWriter.Quote));
        if (Partition is { } by)
            writer.Field("partitioned", by.Partitioning.Canonical).Field("by", by.Column);
        if (Columns is not null)
            writer.List("columns", Columns.Select(CanonicalWriter.Quote));
        writer.Field("predicate", Predicate);
        if (RowLimit is { } limit)
            writer.Field("limit", limit);
        if (Dictionaries.Count > 0)
            writer.List("dictionaries", Dictionaries.Select(CanonicalWriter.Quote));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.SchemaOf(Source);
        foreach (var column in Partition is { } by ? Key.Append(by.Column) : Key)
            SchemaTools.Ordinal(schema, column, Operator);
        return new BoundScan(this, SchemaTools.WithDictionaries(SchemaTools.Project(schema, Columns, Operator), Dictionaries));
    }
}
