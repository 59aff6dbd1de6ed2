using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundFilter(FilterNode node, IReadOnlyList<BoundNode> inputs, BoundExpression predicate)
    : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(
        inputs[0].Schema.FieldsList.Select(f => f.Name), LineageTools.Indirect(node.Predicate, LineageKind.Filter));

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(node.Predicate.ColumnNames()).ToHashSet(StringComparer.Ordinal);

    public override Expr? PushDown(Expr predicate, int input) => predicate;

    public override Operator CreateOperator(OperatorContext context) => new FilterOperator(predicate, context);

    private sealed class FilterOperator(BoundExpression predicate, OperatorContext context) : BatchOperator
    {
        public override RecordBatch? Process(RecordBatch batch)
        {
            using var mask = (BooleanArray)predicate.Evaluate(batch, context.Parameters, context.Allocator);
            var kept = Selection.CountTrue(mask);
            context.Rows.Add(RowFlow.Filtered, batch.Length - kept);
            if (kept == 0)
                return null;
            return kept == batch.Length ? batch.SliceShared(0, batch.Length) : Selection.Filter(batch, mask, context.Allocator);
        }
    }
}
