using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A column that the file does not have: null in every row.</summary>
internal sealed class MissingCursor(IArrowType type, MemoryAllocator allocator) : ColumnCursor
{
    internal override void Skip(int rows)
    {
    }

    internal override ArrayData Read(int rows) => Constants.Nulls(type, rows, allocator).Data;

    public override void Dispose()
    {
    }
}
