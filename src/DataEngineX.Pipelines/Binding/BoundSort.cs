using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundSort(SortNode node, IReadOnlyList<BoundNode> inputs) : BoundNode(node, inputs, inputs[0].Schema)
{
    private readonly SortPlan _plan = new(inputs[0].Schema, node.Keys, node.Operator);

    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(
        inputs[0].Schema.FieldsList.Select(f => f.Name), [.. node.Keys.Select(k => new LineageEdge(0, k.Column, LineageKind.Sort))]);

    public override MemoryBehavior Memory => MemoryBehavior.Spilling;

    /// <summary>The order of one run's rows; the set of rows does not depend on it.</summary>
    public override RecomputeScope Recompute => RecomputeScope.ThisRun;

    public override IReadOnlyList<OrderKey> Order => node.Keys;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(node.Keys.Select(k => k.Column)).ToHashSet(StringComparer.Ordinal);

    public override Expressions.Expr? PushDown(Expressions.Expr predicate, int input) => predicate;

    public override Operator CreateOperator(OperatorContext context) => new SortOperator(_plan, context);
}
