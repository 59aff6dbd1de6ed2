using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Arithmetic, comparison, three-valued logic and null handling.</summary>
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
        table[FunctionNames.IsNull] = (_, a) => new KernelEvaluator(BooleanType.Default, false, a, (x, m) => Nulls.IsNull(x[0], m));
        table[FunctionNames.IsNotNull] = (_, a) => new KernelEvaluator(BooleanType.Default, false, a, (x, m) => Nulls.IsNotNull(x[0], m));
        table[FunctionNames.Coalesce] = Coalesce;
        table[FunctionNames.If] = If;
        table[FunctionNames.In] = In;
    }

    private static Evaluator Calculate(CallExpr call, IReadOnlyList<Evaluator> a, ArithmeticOperator operation)
    {
        var type = Conversions.ArithmeticType(a[0].Type, a[1].Type) ?? throw FunctionTable.Misfit(call, a);
        var (left, right) = (Conversions.To(a[0], type), Conversions.To(a[1], type));
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

    private static Evaluator Compare(CallExpr call, IReadOnlyList<Evaluator> a, ComparisonOperator operation)
    {
        var type = Conversions.CommonType(a[0], a[1]) ?? throw FunctionTable.Misfit(call, a);
        var (left, right) = (Conversions.To(a[0], type), Conversions.To(a[1], type));
        var nullable = left.IsNullable || right.IsNullable;
        return right is ConstantEvaluator constant
            ? new KernelEvaluator(BooleanType.Default, nullable, [left], (x, m) => Comparison.Compare(operation, x[0], constant.Value, m))
            : new KernelEvaluator(BooleanType.Default, nullable, [left, right], (x, m) => Comparison.Compare(operation, x[0], x[1], m));
    }

    private static KernelEvaluator Combine(CallExpr call, IReadOnlyList<Evaluator> a, bool isAnd)
    {
        Evaluator[] sides = [.. a.Select(x => Conversions.ToBoolean(x) ?? throw FunctionTable.Misfit(call, a))];
        return new KernelEvaluator(BooleanType.Default, sides.Any(s => s.IsNullable), sides, (x, m) => isAnd
            ? Logic.And((BooleanArray)x[0], (BooleanArray)x[1], m)
            : Logic.Or((BooleanArray)x[0], (BooleanArray)x[1], m));
    }

    private static KernelEvaluator Not(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var operand = Conversions.ToBoolean(a[0]) ?? throw FunctionTable.Misfit(call, a);
        return new KernelEvaluator(BooleanType.Default, operand.IsNullable, [operand], (x, m) => Logic.Not((BooleanArray)x[0], m));
    }

    private static Evaluator Coalesce(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var type = Conversions.CommonType(a) ?? throw FunctionTable.Misfit(call, a);
        Evaluator[] values = [.. a.Select(x => Conversions.To(x, type))];
        return values.Length == 1 ? values[0]
            : new KernelEvaluator(type, values.All(v => v.IsNullable), values, Nulls.Coalesce);
    }

    private static KernelEvaluator If(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var condition = Conversions.ToBoolean(a[0]) ?? throw FunctionTable.Misfit(call, a);
        var type = Conversions.CommonType(a[1], a[2]) ?? throw FunctionTable.Misfit(call, a);
        var (whenTrue, otherwise) = (Conversions.To(a[1], type), Conversions.To(a[2], type));
        return new KernelEvaluator(
            type, whenTrue.IsNullable || otherwise.IsNullable, [condition, whenTrue, otherwise],
            (x, m) => Nulls.IfElse((BooleanArray)x[0], x[1], x[2], m));
    }

    private static KernelEvaluator In(CallExpr call, IReadOnlyList<Evaluator> a)
    {
        var values = new List<object?>(a.Count - 1);
        foreach (var item in a.Skip(1))
        {
            if (item is not ConstantEvaluator literal)
                throw new PlanException($"The set in {call.Canonical} must be literals.");
            values.Add(literal.Value is null ? null : ((ConstantEvaluator)Conversions.To(literal, a[0].Type)).Value);
        }

        var set = InSet.Create(a[0].Type, values);
        return new KernelEvaluator(BooleanType.Default, a[0].IsNullable || values.Contains(null), [a[0]], (x, m) => set.Evaluate(x[0], m));
    }
}
