using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundSample(SampleNode node, IReadOnlyList<BoundNode> inputs, BoundExpression? hash) : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(
        inputs[0].Schema.FieldsList.Select(f => f.Name), [.. node.Keys.Select(k => new LineageEdge(0, k, LineageKind.Filter))]);

    /// <summary>By keys a row is judged alone; positions are those among all rows.</summary>
    public override RecomputeScope Recompute => hash is null ? RecomputeScope.WholeInput : RecomputeScope.RowLocal;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) =>
        wanted.Union(node.Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>By position it must see all rows, or others would be drawn.</summary>
    public override Expr? PushDown(Expr predicate, int input) => hash is null ? null : predicate;

    public override Operator CreateOperator(OperatorContext context) =>
        hash is null ? new PositionSampleOperator(node.Fraction, context) : new KeySampleOperator(node.Fraction, hash, context);
}
