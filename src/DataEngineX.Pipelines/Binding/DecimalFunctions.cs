using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Arithmetic with a decimal on at least one side and no float on the other.</summary>
internal static class DecimalFunctions
{
    public static Evaluator Calculate(ArithmeticOperator operation, Evaluator left, Evaluator right, Decimal128Type type)
    {
        if (left is ConstantEvaluator { Value: null } || right is ConstantEvaluator { Value: null })
            return new ConstantEvaluator(null, type);
        return new DecimalEvaluator(
            operation, Operand(left), Operand(right), type,
            left.IsNullable || right.IsNullable || operation is ArithmeticOperator.Divide or ArithmeticOperator.Modulo);
    }

    private static Evaluator Operand(Evaluator value)
    {
        if (value is ConstantEvaluator { Value: decimal or sbyte or short or int or long or byte or ushort or uint or ulong } literal)
        {
            var number = System.Convert.ToDecimal(literal.Value, System.Globalization.CultureInfo.InvariantCulture);
            return new ConstantEvaluator(number, TypeRules.AsDecimal(number));
        }

        return Conversions.To(value, TypeRules.AsDecimal(value.Type));
    }

    private sealed class DecimalEvaluator(ArithmeticOperator operation, Evaluator left, Evaluator right, Decimal128Type type, bool isNullable)
        : Evaluator(type, isNullable)
    {
        private readonly OneRowEvaluator _left = new(left);
        private readonly OneRowEvaluator _right = new(right);

        public override IArrowArray Evaluate(in EvaluationScope scope)
        {
            using var first = _left.Evaluate(scope);
            using var second = _right.Evaluate(scope);
            return DecimalLoops.Run(operation, first.Data, second.Data, scope.Batch.Length, (Decimal128Type)Type, scope.Allocator);
        }
    }
}
