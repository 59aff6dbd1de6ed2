using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// An opaque step: C# code that makes a batch of a batch. The plan knows it by name, version and declared schema, and moves nothing through it.
/// </summary>
/// <remarks>
/// The code is called from several threads at once, must look at its batch alone, and may not count on where batches begin and end. It borrows its
/// input and must not change or keep it; columns of the input may stand in the result, which the engine then shares.
/// </remarks>
public sealed class MapBatchesNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="name">What the step is called in errors and EXPLAIN.</param>
    /// <param name="version">The version of the code: another version is another plan, whose runs do not count as done.</param>
    /// <param name="schema">The columns of the result, in order.</param>
    /// <param name="map">Makes a batch of a batch; null when no row is left. The allocator is the run's, for the buffers it makes.</param>
    public MapBatchesNode(PlanNode input, string name, string version, Schema schema, Func<RecordBatch, MemoryAllocator, RecordBatch?> map)
        : base(input)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(map);
        var twice = schema.FieldsList.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new PlanException($"The column '{twice.Key}' is declared twice.", Operator, twice.Key);
        (Name, Version, Schema, Map) = (name, version, schema, map);
    }

    /// <summary>What the step is called.</summary>
    public string Name { get; }

    /// <summary>The version of the code.</summary>
    public string Version { get; }

    /// <summary>The columns of the result.</summary>
    public Schema Schema { get; }

    /// <summary>Makes a batch of a batch; null when no row is left.</summary>
    public Func<RecordBatch, MemoryAllocator, RecordBatch?> Map { get; }

    /// <summary>The columns that the code reads; others are not made for it. <value>Default: null, all.</value></summary>
    public IReadOnlyList<string>? Reads { get; init; }

    /// <summary>
    /// For each column of the result the input columns it comes from. <value>Default: null, lineage says that it is unknown.</value>
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Lineage { get; init; }

    /// <summary>
    /// Whether each row of the result comes from one row of the input, so that the step may stand above an incremental read.
    /// <value>Default: false.</value>
    /// </summary>
    public bool IsRowLocal { get; init; }

    /// <summary>Whether the code sees row objects, which are made and taken apart for it.</summary>
    internal bool IsByRow { get; init; }

    /// <inheritdoc/>
    public override string Operator => IsByRow ? "map_rows" : "map_batches";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new MapBatchesNode(inputs[0], Name, Version, Schema, Map) { Reads = Reads, Lineage = Lineage, IsRowLocal = IsRowLocal, IsByRow = IsByRow };
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Flag("opaque", true).Field("name", Name).Field("version", Version)
            .List("schema", Schema.FieldsList.Select(f => $"{CanonicalWriter.Quote(f.Name)} {ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "?" : "")}"));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundMap.Create(this, context);
    }
}
