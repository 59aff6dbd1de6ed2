using System.Numerics;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Makes the evaluator of an operation on floats.</summary>
internal static class FloatEvaluators
{
    /// <summary>Null for other types, for a null literal, and for two literals.</summary>
    public static Evaluator? TryCreate(ArithmeticOperator operation, Evaluator left, Evaluator right)
    {
        if (left is ConstantEvaluator && (right is ConstantEvaluator || left is ConstantEvaluator { Value: null }) || right is ConstantEvaluator { Value: null })
            return null;
        return left.Type.TypeId switch
        {
            ArrowTypeId.Double => Create<double>(operation, left, right),
            ArrowTypeId.Float => Create<float>(operation, left, right),
            _ => null,
        };
    }

    private static Evaluator Create<T>(ArithmeticOperator operation, Evaluator left, Evaluator right)
        where T : unmanaged, IFloatingPoint<T> => operation switch
        {
            ArithmeticOperator.Add => new FloatEvaluator<T, AddOp>(left, right),
            ArithmeticOperator.Subtract => new FloatEvaluator<T, SubtractOp>(left, right),
            ArithmeticOperator.Multiply => new FloatEvaluator<T, MultiplyOp>(left, right),
            ArithmeticOperator.Divide => new FloatEvaluator<T, DivideOp>(left, right),
            _ => new FloatEvaluator<T, ModuloOp>(left, right),
        };
}
