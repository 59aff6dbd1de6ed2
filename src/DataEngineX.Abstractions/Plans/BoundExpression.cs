using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Plans;

/// <summary>An expression resolved against a schema, ready to be evaluated a batch at a time. Thread-safe.</summary>
public abstract class BoundExpression
{
    /// <summary>The expression as written.</summary>
    public abstract Expr Expression { get; }

    /// <summary>The type of the result.</summary>
    public abstract IArrowType Type { get; }

    /// <summary>Whether the result may be null.</summary>
    public abstract bool IsNullable { get; }

    /// <summary>Evaluates over all rows of a batch.</summary>
    /// <param name="batch">Borrowed; it has the schema that was bound.</param>
    /// <param name="parameters">Clock and seed of the run.</param>
    /// <param name="allocator">Where the result is allocated.</param>
    /// <returns>An array of the batch's length, owned by the caller.</returns>
    public abstract IArrowArray Evaluate(RecordBatch batch, RunParameters parameters, MemoryAllocator allocator);
}
