using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundLimit(LimitNode node, IReadOnlyList<BoundNode> inputs) : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(inputs[0].Schema.FieldsList.Select(f => f.Name));

    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) => wanted;

    public override Operator CreateOperator(OperatorContext context) => new LimitOperator(node.Rows, context);

    private sealed class LimitOperator(long rows, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var left = rows;
            if (left == 0)
                yield break;
            await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (batch.Length > left)
                {
                    context.Rows.Add(RowFlow.Filtered, batch.Length - left);
                    RecordBatch last;
                    using (batch)
                        last = batch.SliceShared(0, (int)left);
                    yield return last;
                    yield break;
                }

                left -= batch.Length;
                yield return batch;
                if (left == 0)
                    yield break;
            }
        }
    }
}
