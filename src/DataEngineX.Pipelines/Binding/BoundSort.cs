using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundSort(SortNode node, IReadOnlyList<BoundNode> inputs, IReadOnlyList<int> ordinals)
    : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(
        inputs[0].Schema.FieldsList.Select(f => f.Name), [.. node.Keys.Select(k => new LineageEdge(0, k.Column, LineageKind.Sort))]);

    public override MemoryBehavior Memory => MemoryBehavior.Buffered;

    /// <summary>The order of one run's rows; the set of rows does not depend on it.</summary>
    public override RecomputeScope Recompute => RecomputeScope.ThisRun;

    public override IReadOnlyList<OrderKey> Order => node.Keys;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(node.Keys.Select(k => k.Column)).ToHashSet(StringComparer.Ordinal);

    public override Expressions.Expr? PushDown(Expressions.Expr predicate, int input) => predicate;

    public override Operator CreateOperator(OperatorContext context) => new SortOperator(Schema, node.Keys, ordinals, context);

    private sealed class SortOperator(Schema schema, IReadOnlyList<OrderKey> keys, IReadOnlyList<int> ordinals, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            RecordBatch sorted;
            using (var all = await BatchBuffer.ReadAllAsync(inputs[0], schema, context.Allocator, cancellationToken).ConfigureAwait(false))
                sorted = Selection.Take(all, Sorting.Argsort(Keys(all)), context.Allocator);
            foreach (var batch in BatchBuffer.TakeSlices(sorted, context.BatchRows))
                yield return batch;
        }

        private List<SortKey> Keys(RecordBatch batch) =>
            [.. keys.Select((k, i) => new SortKey(batch.Column(ordinals[i]), k.Descending, k.NullsFirst))];
    }
}
