using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Finds the order of rows.</summary>
/// <remarks>
/// Bool (false first), integers, floats (-0.0 equals 0.0, NaN above everything), dates, times, timestamps, decimals, and utf8 and
/// binary by unsigned bytes, which for utf8 is code-point order.
/// </remarks>
[Experimental("DEX0001")]
public static class Sorting
{
    /// <summary>The row numbers in sorted order; rows that are equal in all keys keep their order.</summary>
    /// <param name="keys">At least one key, the most significant first; columns of one length.</param>
    /// <returns>One row number a row, to be given to <see cref="Selection.Take(IArrowArray, ReadOnlySpan{int}, Apache.Arrow.Memory.MemoryAllocator)"/>.</returns>
    /// <exception cref="ArgumentException">There is no key, or lengths differ.</exception>
    /// <exception cref="NotSupportedException">A column's type has no order.</exception>
    public static int[] Argsort(IReadOnlyList<SortKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
        {
            throw new ArgumentException("Argsort needs at least one key.", nameof(keys));
        }

        int length = keys[0].Column.Length;
        var order = new int[length];
        for (int i = 0; i < length; i++)
        {
            order[i] = i;
        }

        // Stable sorts by the least significant key first make the whole order.
        for (int k = keys.Count - 1; k >= 0; k--)
        {
            SortKey key = keys[k];
            Guard.SameLength(nameof(Argsort), length, key.Column.Length);
            ArrayData data = key.Column.Data;
            Span<int> valued = MoveNulls(Bits.Validity(data), key.NullsFirst, order);
            SortBy(data, key.Descending, valued);
        }

        return order;
    }

    /// <summary>Moves the nulls to their end, in order, and gives the rest.</summary>
    private static Span<int> MoveNulls(Bits validity, bool first, Span<int> order)
    {
        if (validity.AllSet)
        {
            return order;
        }

        using var rented = new Rented<int>(order.Length);
        Span<int> nulls = rented.Span;
        int nullCount = 0;
        int kept = 0;
        foreach (int row in order)
        {
            if (validity[row])
            {
                order[kept++] = row;
            }
            else
            {
                nulls[nullCount++] = row;
            }
        }

        if (!first)
        {
            nulls[..nullCount].CopyTo(order[kept..]);
            return order[..kept];
        }

        order[..kept].CopyTo(order[nullCount..]);
        nulls[..nullCount].CopyTo(order);
        return order[nullCount..];
    }

    private static void SortBy(ArrayData data, bool descending, Span<int> order)
    {
        switch (PhysicalTypes.Of(data.DataType))
        {
            case Physical.Null:
                break;
            case Physical.Bit:
                SortBits(Bits.Values(data), descending, order);
                break;
            case Physical.Variable:
                BytesSort.Sort(new BytesColumn(data), descending, order);
                break;
            case Physical.Int128:
                SortWide(Columns.Values<Int128>(data), descending, order);
                break;
            default:
                PhysicalTypes.Dispatch<FixedAction, bool>(
                    nameof(Argsort), data.DataType, new FixedAction { Data = data, Descending = descending, Order = order });
                break;
        }
    }

    private static void SortBits(Bits values, bool descending, Span<int> order)
    {
        using var rented = new Rented<ulong>(order.Length);
        Span<ulong> keys = rented.Span;
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = values[order[i]] != descending ? 1UL : 0;
        }

        RadixSort.Sort(keys, order);
    }

    private static void SortWide(ReadOnlySpan<Int128> values, bool descending, Span<int> order)
    {
        using var rented = new Rented<ulong>(order.Length);
        Span<ulong> keys = rented.Span;
        for (int half = 0; half < 2; half++)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                Int128 value = values[order[i]];
                ulong key = half == 0 ? (ulong)value : (ulong)(value >> 64) ^ (1UL << 63);
                keys[i] = descending ? ~key : key;
            }

            RadixSort.Sort(keys, order);
        }
    }

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required ArrayData Data;
        public required bool Descending;
        public required Span<int> Order;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> values = Columns.Values<T>(Data);
            using var rented = new Rented<ulong>(Order.Length);
            Span<ulong> keys = rented.Span;
            ulong flip = Descending ? ulong.MaxValue : 0;
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = RadixSort.Key(values[Order[i]]) ^ flip;
            }

            RadixSort.Sort(keys, Order);
            return true;
        }
    }
}
