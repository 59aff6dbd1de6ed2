using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Lets through the rows of a table whose key is one that changed. The planner puts it above the incremental reads by key of a run.</summary>
internal sealed class AffectedNode(PlanNode input, IReadOnlyList<string> key) : PlanNode(input)
{
    /// <summary>The key columns.</summary>
    public IReadOnlyList<string> Key => key;

    public override string Operator => "affected_keys";

    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs) => new AffectedNode(inputs[0], key);

    public override void WriteCanonical(CanonicalWriter writer) => writer.List("key", key.Select(CanonicalWriter.Quote));

    public override BoundNode Bind(BindContext context) => new BoundAffected(this, context.Inputs);
}
