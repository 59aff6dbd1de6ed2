using System.Buffers;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundDistinct(DistinctNode node, IReadOnlyList<BoundNode> inputs, IReadOnlyList<int> ordinals)
    : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(
        inputs[0].Schema.FieldsList.Select(f => f.Name),
        [.. ordinals.Select(o => new LineageEdge(0, inputs[0].Schema.FieldsList[o].Name, LineageKind.GroupBy))]);

    public override MemoryBehavior Memory => MemoryBehavior.Buffered;

    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(ordinals.Select(o => Schema.FieldsList[o].Name)).ToHashSet(StringComparer.Ordinal);

    public override Operator CreateOperator(OperatorContext context) => new DistinctOperator(Schema, ordinals, context);

    /// <summary>Streams the first row of each key; only the keys are held.</summary>
    private sealed class DistinctOperator(Schema schema, IReadOnlyList<int> ordinals, OperatorContext context) : Operator
    {
        public override async IAsyncEnumerable<RecordBatch> RunAsync(
            IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using var index = new GroupIndex([.. ordinals.Select(o => schema.FieldsList[o].DataType)], context.Allocator);
            await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                RecordBatch? kept;
                using (batch)
                    kept = FirstRows(batch, index);
                if (kept is not null)
                    yield return kept;
            }
        }

        private RecordBatch? FirstRows(RecordBatch batch, GroupIndex index)
        {
            var ids = ArrayPool<int>.Shared.Rent(batch.Length);
            try
            {
                var known = index.Count;
                index.Map([.. ordinals.Select(batch.Column)], ids.AsSpan(0, batch.Length));
                var rows = FirstAppearances(ids.AsSpan(0, batch.Length), known);
                context.Rows.Add(RowFlow.Deduplicated, batch.Length - rows);
                return rows == 0 ? null : Selection.Take(batch, ids.AsSpan(0, rows), context.Allocator);
            }
            finally
            {
                ArrayPool<int>.Shared.Return(ids);
            }
        }

        /// <summary>Ids are given in order of appearance, so a row is the first of its key exactly when its id is the next one. Row numbers overwrite ids in place.</summary>
        private static int FirstAppearances(Span<int> ids, int next)
        {
            var rows = 0;
            for (var row = 0; row < ids.Length; row++)
            {
                if (ids[row] != next)
                    continue;
                next++;
                ids[rows++] = row;
            }

            return rows;
        }
    }
}
