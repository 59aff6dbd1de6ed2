using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

internal sealed class ColumnEvaluator(int ordinal, IArrowType type, bool isNullable) : Evaluator(type, isNullable)
{
    public override IArrowArray Evaluate(in EvaluationScope scope) =>
        ArrowArrayFactory.BuildArray(scope.Batch.Column(ordinal).Data.Retain());
}

internal sealed class ConstantEvaluator(object? value, IArrowType type) : Evaluator(type, value is null)
{
    public object? Value { get; } = value;

    public override IArrowArray Evaluate(in EvaluationScope scope) => Constants.Create(Type, Value, scope.Batch.Length, scope.Allocator);
}

internal sealed class ParameterEvaluator(string name)
    : Evaluator(TypeOf(name), isNullable: false)
{
    public override IArrowArray Evaluate(in EvaluationScope scope)
    {
        object value = name switch
        {
            ParameterExpr.Clock => scope.Parameters.Clock,
            ParameterExpr.Run => scope.Parameters.RunId,
            _ => scope.Parameters.Seed,
        };
        return Constants.Create(Type, value, scope.Batch.Length, scope.Allocator);
    }

    private static IArrowType TypeOf(string name) => name switch
    {
        ParameterExpr.Clock => ArrowTypes.TimestampUtc,
        ParameterExpr.Run => StringType.Default,
        _ => Int64Type.Default,
    };
}

/// <summary>A literal as one row, for kernels that take one row for all; any other evaluator as it is.</summary>
internal sealed class OneRowEvaluator(Evaluator value) : Evaluator(value.Type, value.IsNullable)
{
    public override IArrowArray Evaluate(in EvaluationScope scope) => value is ConstantEvaluator constant
        ? Constants.Create(Type, constant.Value, 1, scope.Allocator)
        : value.Evaluate(scope);
}

/// <summary>A kernel over the arrays of its arguments.</summary>
internal sealed class KernelEvaluator(
    IArrowType type, bool isNullable, IReadOnlyList<Evaluator> arguments, Func<IReadOnlyList<IArrowArray>, MemoryAllocator, IArrowArray> kernel)
    : Evaluator(type, isNullable)
{
    public override IArrowArray Evaluate(in EvaluationScope scope)
    {
        var arrays = new IArrowArray[arguments.Count];
        try
        {
            for (var i = 0; i < arrays.Length; i++)
                arrays[i] = arguments[i].Evaluate(scope);
            return kernel(arrays, scope.Allocator);
        }
        finally
        {
            foreach (var array in arrays)
                array?.Dispose();
        }
    }
}
