using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Binds the expressions of a suite that runs outside of any plan.</summary>
internal sealed class StandaloneBindContext : BindContext
{
    public override IReadOnlyList<BoundNode> Inputs => [];

    public override BoundExpression Bind(Expr expression, Schema schema) => ExpressionBinder.Bind(expression, schema);

    public override BoundExpression BindPredicate(Expr expression, Schema schema) => ExpressionBinder.BindPredicate(expression, schema);

    public override Schema SchemaOf(BatchSource source) =>
        throw new InvalidOperationException("A suite that is checked outside of a plan reads no source.");
}
