using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

internal sealed class BoundSampleRows(SampleRowsNode node, IReadOnlyList<BoundNode> inputs) : BoundNode(node, inputs, inputs[0].Schema)
{
    public override NodeLineage Lineage { get; } = LineageTools.PassThrough(inputs[0].Schema.FieldsList.Select(f => f.Name));

    public override MemoryBehavior Memory => MemoryBehavior.Buffered;

    public override RecomputeScope Recompute => RecomputeScope.WholeInput;

    public override IReadOnlySet<string> RequiredColumns(int input, IReadOnlySet<string> wanted) => wanted;

    public override Operator CreateOperator(OperatorContext context) => new SampleRowsOperator(node.Rows, context);
}
