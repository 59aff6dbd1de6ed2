using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Shaping;

/// <summary>A node through which the optimizer moves nothing; it remembers how the node bound and its row account.</summary>
internal sealed class FencedNode(PlanNode inner, FencedNode.Seen seen) : PlanNode(inner.Inputs)
{
    public override string Operator => inner.Operator;

    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs) => new FencedNode(inner.WithInputs(inputs), seen);

    public override void WriteCanonical(CanonicalWriter writer) => inner.WriteCanonical(writer);

    public override BoundNode Bind(BindContext context)
    {
        var bound = inner.Bind(context);
        seen.Bound.Add(bound);
        return new Fenced(this, bound, seen);
    }

    /// <summary>Every node of a plan but its scans, fenced.</summary>
    public static PlanNode Around(PlanNode node, Seen seen) =>
        node.Inputs.Count == 0 ? node : new FencedNode(node.WithInputs([.. node.Inputs.Select(i => Around(i, seen))]), seen);

    public sealed class Seen
    {
        public List<BoundNode> Bound { get; } = [];

        public List<(string Operator, RowAccount Rows)> Accounts { get; } = [];
    }

    private sealed class Fenced(PlanNode node, BoundNode inner, Seen seen) : BoundNode(node, inner.Inputs, inner.Schema)
    {
        public override NodeLineage Lineage => inner.Lineage;

        public override RecomputeScope Recompute => inner.Recompute;

        public override Operator CreateOperator(OperatorContext context)
        {
            seen.Accounts.Add((Node.Operator, context.Rows));
            return inner.CreateOperator(context);
        }
    }
}
