using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Sets rows aside that the contract of the target has no room for.</summary>
internal sealed class ContractNode(PlanNode input, IReadOnlyList<ContractRule> rules) : PlanNode(input)
{
    public const string OperatorName = "contract";

    public override string Operator => OperatorName;

    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs) => new ContractNode(inputs[0], rules);

    public override void WriteCanonical(CanonicalWriter writer) => writer.List("rules", rules.Select(r => r.Violates.Canonical));

    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.Inputs[0].Schema;
        if (schema.FieldsList.FirstOrDefault(f => !CellJson.Supports(f.DataType)) is { } field)
            throw new PlanException($"Rows with column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be written to quarantine.", OperatorName, field.Name);
        return new BoundContract(this, context.Inputs, [.. rules.Select(r => (r, context.BindPredicate(r.Violates, schema)))]);
    }
}
