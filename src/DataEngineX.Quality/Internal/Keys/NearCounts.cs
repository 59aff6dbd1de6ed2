using System.Buffers;
using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Counts the whole numbers of a batch in an array where they lie close together, so that each different one is looked up once.</summary>
internal static class NearCounts
{
    /// <summary>How far apart values may lie.</summary>
    private const int Most = 4096;

    /// <summary>Rows are counted side by side, so that equal ones next to each other do not wait.</summary>
    private const int Lanes = 4;

    /// <summary>Adds the counts of the rows that are checked to a table.</summary>
    /// <returns>The rows counted; -1, and nothing is added, where values lie too far apart.</returns>
    public static long TryAdd(IArrowArray column, WholeForm form, ReadOnlySpan<RowMark> marks, KeyTable table) => (form.Width, form.IsSigned) switch
    {
        (1, true) => TryAdd<sbyte>(column, form, marks, table),
        (2, true) => TryAdd<short>(column, form, marks, table),
        (4, true) => TryAdd<int>(column, form, marks, table),
        (8, true) => TryAdd<long>(column, form, marks, table),
        (1, false) => TryAdd<byte>(column, form, marks, table),
        (2, false) => TryAdd<ushort>(column, form, marks, table),
        (4, false) => TryAdd<uint>(column, form, marks, table),
        _ => TryAdd<ulong>(column, form, marks, table),
    };

    private static long TryAdd<T>(IArrowArray column, WholeForm form, ReadOnlySpan<RowMark> marks, KeyTable table)
        where T : unmanaged, IBinaryInteger<T>
    {
        var values = RuleBatch.Values<T>(column);
        // What stands at a null counts as near or far too, but is not counted.
        if (Extremes<T>.Of(values) is not { } ends || form.Ordered(ends.Most) - form.Ordered(ends.Least) >= (ulong)Math.Min(Most, values.Length))
            return -1;
        var width = (int)(form.Ordered(ends.Most) - form.Ordered(ends.Least)) + 1;
        var rented = ArrayPool<int>.Shared.Rent(Lanes * width);
        var counts = rented.AsSpan(0, Lanes * width);
        counts.Clear();
        if (Marks.Count(marks, RowMark.Holds) == marks.Length)
            Count(values, ends.Least, counts, width);
        else
            Count(values, ends.Least, marks, counts);
        var total = 0L;
        for (var i = 0; i < width; i++)
        {
            var count = counts[i] + counts[width + i] + counts[(2 * width) + i] + counts[(3 * width) + i];
            if (count == 0)
                continue;
            table.Add(form.KeyOf(form.Ordered(ends.Least) + (ulong)i), count);
            total += count;
        }

        ArrayPool<int>.Shared.Return(rented);
        return total;
    }

    private static void Count<T>(ReadOnlySpan<T> values, T least, Span<int> counts, int width)
        where T : unmanaged, IBinaryInteger<T>
    {
        var first = counts[..width];
        var second = counts.Slice(width, width);
        var third = counts.Slice(2 * width, width);
        var fourth = counts[(3 * width)..];
        var i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            first[Place(values[i], least)]++;
            second[Place(values[i + 1], least)]++;
            third[Place(values[i + 2], least)]++;
            fourth[Place(values[i + 3], least)]++;
        }

        for (; i < values.Length; i++)
            first[Place(values[i], least)]++;
    }

    private static void Count<T>(ReadOnlySpan<T> values, T least, ReadOnlySpan<RowMark> marks, Span<int> counts)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < values.Length; i++)
            counts[Place(values[i], least)] += marks[i] == RowMark.Holds ? 1 : 0;
    }

    /// <summary>How far a value is from the least: below 4096, so that the lowest bits tell.</summary>
    private static int Place<T>(T value, T least)
        where T : unmanaged, IBinaryInteger<T> => (int)(uint.CreateTruncating(value) - uint.CreateTruncating(least));
}
