using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundAffected(AffectedNode node, IReadOnlyList<BoundNode> inputs) : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(inputs[0].Schema.FieldsList.Select(f => f.Name));

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(node.Key).ToHashSet(StringComparer.Ordinal);

    public override Expr? PushDown(Expr predicate, int input) => predicate;

    public override Operator CreateOperator(OperatorContext context) => new AffectedOperator(this, node.Key, (EngineContext)context);

    private sealed class AffectedOperator(BoundAffected node, IReadOnlyList<string> key, EngineContext context) : ParallelOperator
    {
        public override BatchStream Connect(IReadOnlyList<BatchStream> inputs)
        {
            var keys = context.AffectedKeys ?? throw new InvalidOperationException("The run has not read which keys changed.");
            if (keys.ConditionOn(key) is { } condition)
            {
                // Between the two stand conditions at most, which name no column otherwise.
                foreach (var scan in PlanWalk.Nodes(node).OfType<BoundScan>().Where(s => s.Scan.Source.SupportsPredicate))
                    context.GiveFilter(scan, condition);
            }

            int[] columns = [.. key.Select(k => node.Schema.GetFieldIndex(k))];
            return inputs[0].Expand(batch => keys.Take(batch, columns, context.Rows, context.Allocator));
        }
    }
}
