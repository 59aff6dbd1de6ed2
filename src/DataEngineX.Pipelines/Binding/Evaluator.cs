using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What an expression sees while it is evaluated over one batch.</summary>
internal readonly record struct EvaluationScope(RecordBatch Batch, RunParameters Parameters, MemoryAllocator Allocator);

/// <summary>A resolved expression node that computes one array a batch.</summary>
internal abstract class Evaluator(IArrowType type, bool isNullable)
{
    public IArrowType Type { get; } = type;

    public bool IsNullable { get; } = isNullable;

    /// <summary>Computes the array; the caller owns it.</summary>
    public abstract IArrowArray Evaluate(in EvaluationScope scope);
}
