using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundSkip(SkipNode node, IReadOnlyList<BoundNode> inputs) : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(inputs[0].Schema.FieldsList.Select(f => f.Name));

    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) => wanted;

    public override Operator CreateOperator(OperatorContext context) => new SkipOperator(node.Rows, context);

    private sealed class SkipOperator(long rows, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var left = rows;
            await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var skipped = (int)Math.Min(left, batch.Length);
                left -= skipped;
                context.Rows.Add(RowFlow.Filtered, skipped);
                if (skipped == 0)
                {
                    yield return batch;
                    continue;
                }

                RecordBatch? rest;
                using (batch)
                    rest = skipped == batch.Length ? null : batch.SliceShared(skipped, batch.Length - skipped);
                if (rest is not null)
                    yield return rest;
            }
        }
    }
}
