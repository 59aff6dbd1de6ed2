using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Columns of numbers that follow each other.</summary>
internal static class RowNumbers
{
    /// <summary>The numbers of a column, and where it has none those that follow each other from a first one; null where there is no first one.</summary>
    /// <param name="kept">The column; borrowed.</param>
    /// <param name="first">The number of the first row.</param>
    /// <param name="step">By how much that of each row is greater than that of the one before it.</param>
    /// <param name="allocator">For the column made.</param>
    internal static IArrowArray Fill(Int64Array kept, long? first, int step, MemoryAllocator allocator)
    {
        if (first is not { } start || kept.NullCount == 0)
            return ArrowArrayFactory.BuildArray(kept.Data.Retain());
        using var buffer = new FilledBuffer();
        buffer.Allocate(allocator, (long)kept.Length * sizeof(long));
        var numbers = buffer.As<long>();
        var values = kept.Values;
        for (var i = 0; i < kept.Length; i++)
            numbers[i] = kept.IsValid(i) ? values[i] : start + ((long)i * step);
        return new Int64Array(new ArrayData(Int64Type.Default, kept.Length, 0, 0, [ArrowBuffer.Empty, buffer.Build()]));
    }

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
