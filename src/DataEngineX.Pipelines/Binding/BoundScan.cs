using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundScan(ScanNode node, Schema schema) : BoundNode(node, [], schema)
{
    public ScanNode Scan => (ScanNode)Node;

    public override NodeLineage Lineage { get; } = new(new Dictionary<string, IReadOnlyList<LineageEdge>>(), []);

    public override IReadOnlyList<SideOutput> SideOutputs => Scan.Source.SideOutputs;

    public override Operator CreateOperator(OperatorContext context) => new ScanOperator(this, context);

    private sealed class ScanOperator(BoundScan scan, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var request = new ScanRequest
            {
                Input = ((EngineContext)context).InputOf(scan.Scan),
                Schema = scan.Schema,
                Predicate = scan.Scan.Predicate,
                Context = context,
            };
            var batches = scan.Scan.Source.ReadAsync(request, cancellationToken);
            await foreach (var batch in Prefetch.Of(batches, cancellationToken).ConfigureAwait(false))
            {
                context.Rows.Add(RowFlow.In, batch.Length);
                yield return batch;
            }
        }
    }
}
