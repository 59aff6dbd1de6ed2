using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Columns of numbers that follow each other.</summary>
internal static class RowNumbers
{
    internal static Int64Array From(long first, int rows, MemoryAllocator allocator)
    {
        using var buffer = new FilledBuffer();
        buffer.Allocate(allocator, (long)rows * sizeof(long));
        var numbers = buffer.As<long>();
        for (var i = 0; i < rows; i++)
            numbers[i] = first + i;
        return new Int64Array(new ArrayData(Int64Type.Default, rows, 0, 0, [ArrowBuffer.Empty, buffer.Build()]));
    }
}
