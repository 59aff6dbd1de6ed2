using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads a source. What follows sees plain layouts only, see <see cref="PlainTypes"/>.</summary>
internal sealed class BoundScan(ScanNode node, Schema schema) : BoundNode(node, [], PlainTypes.Of(schema))
{
    private readonly Schema _sourceSchema = schema;

    public ScanNode Scan => (ScanNode)Node;

    /// <summary>The key columns of an incremental read by key, as the source has them.</summary>
    public Schema KeySchema => SchemaTools.Project(_sourceSchema, Scan.Key, Scan.Operator);

    /// <summary>Their types, as keys are compared.</summary>
    public IReadOnlyList<IArrowType> KeyTypes => [.. Scan.Key.Select(k => TypeRules.Plain(Schema.GetFieldByName(k).DataType))];

    /// <summary>The partition column of a read by partition, as the source has it.</summary>
    public Schema PartitionSchema => SchemaTools.Project(_sourceSchema, [Scan.Partition!.Column], Scan.Operator);

    public override NodeLineage Lineage { get; } = new(new Dictionary<string, IReadOnlyList<LineageEdge>>(), []);

    public override IReadOnlyList<SideOutput> SideOutputs => Scan.Source.SideOutputs;

    public override Operator CreateOperator(OperatorContext context) => new ScanOperator(this, (EngineContext)context);

    private sealed class ScanOperator(BoundScan scan, EngineContext context) : ParallelOperator
    {
        public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => BatchStream.Defer(stop =>
        {
            var request = new ScanRequest
            {
                Input = scan.Scan.ReadsWhole ? context.InputOf(scan.Scan) with { Since = null } : context.InputOf(scan.Scan),
                Schema = scan._sourceSchema,
                Predicate = Predicate(),
                RowLimit = scan.Scan.RowLimit,
                AppendsOnly = scan.Scan.AppendsOnly,
                Context = context,
            };
            var batches = WatchedStream.Of(scan.Scan.Source.Read(request, stop), context.Data.Failpoints);
            return ValueTask.FromResult(ReferenceEquals(scan.Schema, scan._sourceSchema)
                ? batches
                : batches.Expand(batch => [PlainTypes.Take(batch, scan.Schema, context.Allocator)]));
        });

        /// <summary>What the plan says, and what operators that are ready by now have added.</summary>
        private Expr? Predicate() => (scan.Scan.Predicate, context.FilterOf(scan)) switch
        {
            ({ } planned, { } late) => planned & late,
            var (planned, late) => planned ?? late,
        };
    }
}
