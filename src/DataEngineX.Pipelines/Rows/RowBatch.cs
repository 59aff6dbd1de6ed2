using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>Makes batches of row objects: for small inputs, fixtures and requests, not for bulk data.</summary>
public static class RowBatch
{
    /// <summary>Makes one batch; columns are the row type's properties.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="allocator">Where the batch is allocated. <value>Default: null, Arrow's default allocator.</value></param>
    /// <returns>A batch owned by the caller.</returns>
    public static RecordBatch Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IReadOnlyList<T> rows, MemoryAllocator? allocator = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RowBatchWriter<T>(RowShape.SchemaOf<T>()).Write(rows as T[] ?? [.. rows], allocator ?? MemoryAllocator.Default.Value);
    }
}
