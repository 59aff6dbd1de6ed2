using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>A member of a rarer type: decimals, bytes, enumerations.</summary>
internal sealed class BoxedColumnWriter<T>(RowColumn column) : RowColumnWriter<T>(column)
{
    public override IArrowArray Write(ArraySegment<T> rows, MemoryAllocator allocator) => RowBatch.Column(Column, rows, allocator);
}
