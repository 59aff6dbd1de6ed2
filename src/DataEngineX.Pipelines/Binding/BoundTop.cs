using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundTop(TopNode node, IReadOnlyList<BoundNode> inputs) : BoundNode(node, inputs, inputs[0].Schema)
{
    /// <summary>Beyond so many rows a sort that can spill is the better way.</summary>
    public const int MostRows = 1 << 17;

    private readonly SortPlan _plan = new(inputs[0].Schema, node.Keys, node.Operator);

    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(
        inputs[0].Schema.FieldsList.Select(f => f.Name), [.. node.Keys.Select(k => new LineageEdge(0, k.Column, LineageKind.Sort))]);

    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlyList<OrderKey> Order => node.Keys;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(node.Keys.Select(k => k.Column)).ToHashSet(StringComparer.Ordinal);

    public override Operator CreateOperator(OperatorContext context) => new TopOperator(_plan, node.Rows, context);
}
