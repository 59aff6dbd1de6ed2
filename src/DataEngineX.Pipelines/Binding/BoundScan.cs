using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundScan(ScanNode node, Schema schema) : BoundNode(node, [], schema)
{
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
                Schema = scan.Schema,
                Predicate = scan.Scan.Predicate,
                RowLimit = scan.Scan.RowLimit,
                Context = context,
            };
            return ValueTask.FromResult(scan.Scan.Source.Read(request, stop));
        });
    }
}
