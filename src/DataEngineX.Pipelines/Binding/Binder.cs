using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Binds a plan bottom-up against the schemas of its sources.</summary>
internal sealed class Binder(IReadOnlyDictionary<BatchSource, Schema> schemas)
{
    public BoundNode Bind(PlanNode node)
    {
        BoundNode[] inputs = [.. node.Inputs.Select(Bind)];
        try
        {
            return node.Bind(new Context(inputs, schemas));
        }
        catch (PlanException e)
        {
            throw e.With(node.Operator);
        }
    }

    private sealed class Context(IReadOnlyList<BoundNode> inputs, IReadOnlyDictionary<BatchSource, Schema> schemas) : BindContext
    {
        public override IReadOnlyList<BoundNode> Inputs => inputs;

        public override BoundExpression Bind(Expr expression, Schema schema) => ExpressionBinder.Bind(expression, schema);

        public override BoundExpression BindPredicate(Expr expression, Schema schema) => ExpressionBinder.BindPredicate(expression, schema);

        public override Schema SchemaOf(BatchSource source) => schemas.TryGetValue(source, out var schema)
            ? schema
            : throw new PlanException($"{source.Dataset} does not exist yet, and no pipeline of this host writes it.");
    }
}
