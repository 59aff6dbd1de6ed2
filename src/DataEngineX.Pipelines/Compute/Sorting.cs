using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Finds the order of rows.</summary>
/// <remarks>
/// Bool (false first), integers, floats (-0.0 equals 0.0, NaN above everything), dates, times, timestamps, decimals, utf8 and binary by
/// unsigned bytes, which for utf8 is code-point order, and dictionary columns by their values.
/// </remarks>
[Experimental("DEX0001")]
public static class Sorting
{
    /// <summary>The row numbers in sorted order; rows that are equal in all keys keep their order.</summary>
    /// <param name="keys">At least one key, the most significant first; columns of one length.</param>
    /// <returns>One row number a row, to be given to <see cref="Selection.Take(IArrowArray, ReadOnlySpan{int}, MemoryAllocator)"/>.</returns>
    /// <exception cref="ArgumentException">There is no key, or lengths differ.</exception>
    /// <exception cref="NotSupportedException">A column's type has no order.</exception>
    public static int[] Argsort(IReadOnlyList<SortKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
        {
            throw new ArgumentException("Argsort needs at least one key.", nameof(keys));
        }

        var columns = new IArrowArray[keys.Count];
        var orders = new RowOrder[keys.Count];
        for (int k = 0; k < columns.Length; k++)
        {
            columns[k] = keys[k].Column;
            orders[k] = new RowOrder(k, keys[k].Descending, keys[k].NullsFirst);
            Guard.SameLength(nameof(Argsort), columns[0].Length, columns[k].Length);
            if (!SortComparer.HasOrder(columns[k].Data.DataType))
            {
                throw Guard.Unsupported(nameof(Argsort), columns[k].Data.DataType);
            }
        }

        return (int[])(object)Ordering.Of(columns, orders, MemoryAllocator.Default.Value);
    }
}
