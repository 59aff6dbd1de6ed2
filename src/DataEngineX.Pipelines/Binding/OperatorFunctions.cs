using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Arithmetic, comparison and three-valued logic.</summary>
internal static class OperatorFunctions
{
    public static void AddTo(Table table)
    {
        table[FunctionNames.Add] = (call, a) => SchemaTools.IsText(a[0].Type) || SchemaTools.IsText(a[1].Type)
            ? TextFunctions.Concat(call, a) : Calculate(call, a, ArithmeticOperator.Add);
        table[FunctionNames.Subtract] = (call, a) => Calculate(call, a, ArithmeticOperator.Subtract);
        table[FunctionNames.Multiply] = (call, a) => Calculate(call, a, ArithmeticOperator.Multiply);
        table[FunctionNames.Divide] = (call, a) => Calculate(call, a, ArithmeticOperator.Divide);
        table[FunctionNames.Modulo] = (call, a) => Calculate(call, a, ArithmeticOperator.Modulo);
        table[FunctionNames.Equal] = (call, a) => Compare(call, a, ComparisonOperator.Equal);
        table[FunctionNames.NotEqual] = (call, a) => Compare(call, a, ComparisonOperator.NotEqual);
        table[FunctionNames.Less] = (call, a) => Compare(call, a, ComparisonOperator.LessThan);
        table[FunctionNames.LessOrEqual] = (call, a) => Compare(call, a, ComparisonOperator.LessThanOrEqual);
        table[FunctionNames.Greater] = (call, a) => Compare(call, a, ComparisonOperator.GreaterThan);
        table[FunctionNames.GreaterOrEqual] = (call, a) => Compare(call, a, ComparisonOperator.GreaterThanOrEqual);
        table[FunctionNames.And] = (call, a) => Combine(call, a, isAnd: true);
        table[FunctionNames.Or] = (call, a) => Combine(call, a, isAnd: false);
        table[FunctionNames.Not] = Not;
    }

    public static Evaluator Calculate(CallExpr call, IReadOnlyList<Evaluator> a, ArithmeticOperator operation)
    {
        if (TimeArithmetic.TryBind(operation, a[0], a[1]) is { } temporal)
            return temporal;
        var type = Conversions.ArithmeticType(operation, a[0], a[1]) ?? throw FunctionTable.Misfit(call, a);
        if (type is Decimal128Type result)
            return DecimalFunctions.Calculate(operation, a[0], a[1], result);
        var (left, right) = (Conversions.To(a[0], type), Conversions.To(a[1], type));
        if (FloatEvaluators.TryCreate(operation, left, right) is { } chain)
            return chain;
        var nullable = left.IsNullable || right.IsNullable
            || (SchemaTools.IsInteger(type) && operation is ArithmeticOperator.Divide or ArithmeticOperator.Modulo);
        return (left, right) switch
        {
            (ConstantEvaluator c, not ConstantEvaluator) =>
                new KernelEvaluator(type, nullable, [right], (x, m) => Arithmetic.Apply(operation, c.Value, x[0], m)),
            (_, ConstantEvaluator c) => new KernelEvaluator(type, nullable, [left], (x, m) => Arithmetic.Apply(operation, x[0], c.Value, m)),
            _ => new KernelEvaluator(type, nullable, [left, right], (x, m) => Arithmetic.Apply(operation, x[0], x[1], m)),
        };
    }

    public static Evaluator Compare(CallExpr call, IReadOnlyList<Evaluator> a, ComparisonOperator operation)
    {
        if (Conversions.CommonType(a[0], a[1]) is not { } type || !TypeRules.IsComparable(type))
            throw FunctionTable.Misfit(call, a);
        var (left, right) = (Conversions.To(a[0], type), Conversions.To(a[1], type));
        var nullable = left.IsNullable || right.IsNullable;
        return (left, right) switch
        {
            (_, ConstantEvaluator c) =>
                new KernelEvaluator(BooleanType.Default, nullable, [left], (x, m) => Comparison.Compare(operation, x[0], c.Value, m)),
            (ConstantEvaluator c, _) =>
                new KernelEvaluator(BooleanType.Default, nullable, [right], (x, m) => Comparison.Compare(Mirror(operation), x[0], c.Value, m)),
            _ => new KernelEvaluator(BooleanType.Default, nullable, [left, right], (x, m) => Comparison.Compare(operation, x[0], x[1], m)),
        };
    }

    /// <summary>The comparison with its sides changed.</summary>
    private static ComparisonOperator Mirror(ComparisonOperator operation) => operation switch
    {
        ComparisonOperator.LessThan => ComparisonOperator.GreaterThan,
        ComparisonOperator.LessThanOrEqual => ComparisonOperator.GreaterThanOrEqual,
        ComparisonOperator.GreaterThan => ComparisonOperator.LessThan,
        ComparisonOperator.GreaterThanOrEqual => ComparisonOperator.LessThanOrEqual,
        _ => operation,
    };

    private static Evaluator Combine(CallExpr call, IReadOnlyList<Evaluator> a, bool isAnd)
    {
        var left = Conversions.ToBoolean(a[0]) ?? throw FunctionTable.Misfit(call, a);
        var right = Conversions.ToBoolean(a[1]) ?? throw FunctionTable.Misfit(call, a);
        return (left, right) switch
        {
            (ConstantEvaluator { Value: bool value }, _) => value == isAnd ? right : left,
            (_, ConstantEvaluator { Value: bool value }) => value == isAnd ? left : right,
            _ => new LogicEvaluator(left, right, isAnd),
        };
    }

    private static KernelEvaluator Not(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var operand = Conversions.ToBoolean(a[0]) ?? throw FunctionTable.Misfit(call, a);
        return new KernelEvaluator(BooleanType.Default, operand.IsNullable, [operand], (x, m) => Logic.Not((BooleanArray)x[0], m));
    }
}
