using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Resolves expressions against a schema: columns to ordinals, types by SQL rules, literals to the type beside them.</summary>
public static class ExpressionBinder
{
    /// <summary>Resolves an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="schema">The schema of the rows it will see.</param>
    /// <exception cref="PlanException">It names the column or sub-expression, and the types that do not fit.</exception>
    public static BoundExpression Bind(Expr expression, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(schema);
        return new EvaluatedExpression(expression, Resolve(expression, schema));
    }

    /// <summary>Resolves a condition, which must be boolean.</summary>
    /// <param name="expression">The condition.</param>
    /// <param name="schema">The schema of the rows it will see.</param>
    public static BoundExpression BindPredicate(Expr expression, Schema schema)
    {
        var bound = Bind(expression, schema);
        return bound.Type is BooleanType
            ? bound
            : throw new PlanException($"The condition {expression.Canonical} is {ArrowTypes.NameOf(bound.Type)}; it must be bool.");
    }

    internal static Evaluator Resolve(Expr expression, Schema schema) => expression switch
    {
        ColumnExpr column => OfColumn(column, schema),
        LiteralExpr literal => new ConstantEvaluator(literal.Value, literal.Type),
        ParameterExpr parameter => new ParameterEvaluator(parameter.Name),
        CastExpr cast => Conversions.Cast(Resolve(cast.Operand, schema), cast.Type, cast.IsTry),
        CallExpr call => FunctionTable.Bind(call, [.. call.Children.Select(c => Resolve(c, schema))]),
        _ => throw new PlanException($"{expression.Canonical} is not an expression the engine knows."),
    };

    private static ColumnEvaluator OfColumn(ColumnExpr column, Schema schema)
    {
        var ordinal = SchemaTools.Ordinal(schema, column.Name);
        var field = schema.FieldsList[ordinal];
        return new ColumnEvaluator(ordinal, field.DataType, field.IsNullable);
    }

    private sealed class EvaluatedExpression(Expr expression, Evaluator evaluator) : BoundExpression
    {
        public override Expr Expression => expression;

        public override IArrowType Type => evaluator.Type;

        public override bool IsNullable => evaluator.IsNullable;

        public override IArrowArray Evaluate(RecordBatch batch, RunParameters parameters, Apache.Arrow.Memory.MemoryAllocator allocator) =>
            evaluator.Evaluate(new EvaluationScope(batch, parameters, allocator));
    }
}
