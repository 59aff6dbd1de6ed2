using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads a source. What follows sees plain layouts only, see <see cref="PlainTypes"/>.</summary>
internal sealed class BoundScan(ScanNode node, Schema schema) : BoundNode(node, [], PlainTypes.Of(schema))
{
    private readonly Schema _sourceSchema = schema;

    public ScanNode Scan => (ScanNode)Node;

    public override NodeLineage Lineage { get; } = new(new Dictionary<string, IReadOnlyList<LineageEdge>>(), []);

    public override IReadOnlyList<SideOutput> SideOutputs => Scan.Source.SideOutputs;

    public override Operator CreateOperator(OperatorContext context) => new ScanOperator(this, context);

    private sealed class ScanOperator(BoundScan scan, OperatorContext context) : ParallelOperator
    {
        public override BatchStream Connect(IReadOnlyList<BatchStream> inputs) => BatchStream.Defer(stop =>
        {
            var request = new ScanRequest
            {
                Input = ((EngineContext)context).InputOf(scan.Scan),
                Schema = scan._sourceSchema,
                Predicate = Predicate(),
                RowLimit = scan.Scan.RowLimit,
                Context = context,
            };
            var batches = scan.Scan.Source.Read(request, stop);
            return ValueTask.FromResult(ReferenceEquals(scan.Schema, scan._sourceSchema)
                ? batches
                : batches.Expand(batch => [PlainTypes.Take(batch, scan.Schema, context.Allocator)]));
        });

        /// <summary>What the plan says, and what joins that are ready by now have added.</summary>
        private Expr? Predicate() => (scan.Scan.Predicate, ((EngineContext)context).FilterOf(scan)) switch
        {
            ({ } planned, { } late) => planned & late,
            var (planned, late) => planned ?? late,
        };
    }
}
