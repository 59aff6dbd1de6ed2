using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Collects the value of one row of each frame.</summary>
internal static class FramePicks
{
    /// <summary>The n-th row of each frame, from 1; null in a shorter one.</summary>
    public static IArrowArray Nth(ArrayData values, ReadOnlySpan<int> from, ReadOnlySpan<int> to, int n, MemoryAllocator allocator)
    {
        using var rented = new Rented<int>(from.Length);
        Span<int> rows = rented.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = n <= to[i] - from[i] ? from[i] + n - 1 : -1;
        }

        return Gather.Run(nameof(Nth), values, rows, allocator);
    }

    /// <summary>The last row of each frame; null in an empty one.</summary>
    public static IArrowArray Last(ArrayData values, ReadOnlySpan<int> from, ReadOnlySpan<int> to, MemoryAllocator allocator)
    {
        using var rented = new Rented<int>(from.Length);
        Span<int> rows = rented.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = to[i] > from[i] ? to[i] - 1 : -1;
        }

        return Gather.Run(nameof(Last), values, rows, allocator);
    }

    /// <summary>One row in every frame that reaches over it; null in those that end before.</summary>
    public static IArrowArray Row(ArrayData values, int row, ReadOnlySpan<int> to, MemoryAllocator allocator)
    {
        using var rented = new Rented<int>(to.Length);
        Span<int> rows = rented.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = to[i] > row && row < values.Length ? row : -1;
        }

        return Gather.Run(nameof(Row), values, rows, allocator);
    }

    /// <summary>The only row of a column so many times.</summary>
    public static IArrowArray Repeat(ArrayData one, int length, MemoryAllocator allocator)
    {
        using var rented = new Rented<int>(length);
        rented.Span.Clear();
        return Gather.Run(nameof(Repeat), one, rented.Span, allocator);
    }
}
