using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Finds rows by a leading key of fixed width without encoding it: most stretches of rows are passed over at a glance.</summary>
internal static class TopKeys
{
    /// <summary>Writes the numbers of the rows whose key does not come after a limit, and returns how many those are; -1 when the type has no such way.</summary>
    /// <param name="keys">The key of each row.</param>
    /// <param name="limit">One row, the last of those known.</param>
    /// <param name="order">Whether descending, and where nulls are.</param>
    /// <param name="rows">Room for a number a row.</param>
    public static int Choose(ArrayData keys, ArrayData limit, RowOrder order, Span<int> rows)
    {
        if (limit.GetNullCount() > 0 || (order.NullsFirst && keys.GetNullCount() > 0))
            return -1;
        var chosen = keys.DataType switch
        {
            Int32Type or Date32Type or Time32Type => Choose<int>(keys, limit, order.Descending, rows),
            Int64Type or Date64Type or Time64Type or TimestampType or DurationType => Choose<long>(keys, limit, order.Descending, rows),
            FloatType => Choose<float>(keys, limit, order.Descending, rows),
            DoubleType => Choose<double>(keys, limit, order.Descending, rows),
            _ => -1,
        };
        return chosen <= 0 || keys.GetNullCount() == 0 ? chosen : WithoutNulls(keys, rows[..chosen]);
    }

    /// <summary>NaN is neither less nor greater, so that it stays; it is for the sort to say that it is the greatest.</summary>
    private static int Choose<T>(ArrayData keys, ArrayData limit, bool descending, Span<int> rows)
        where T : unmanaged, INumber<T>
    {
        var values = Compute.Columns.Values<T>(keys);
        var last = Compute.Columns.Values<T>(limit)[0];
        var (all, count, row) = (new Vector<T>(last), 0, 0);
        for (; row <= values.Length - Vector<T>.Count; row += Vector<T>.Count)
        {
            var some = new Vector<T>(values[row..]);
            if (descending ? Vector.LessThanAll(some, all) : Vector.GreaterThanAll(some, all))
                continue;
            count = Append(values.Slice(row, Vector<T>.Count), row, last, descending, rows, count);
        }

        return Append(values[row..], row, last, descending, rows, count);
    }

    private static int Append<T>(ReadOnlySpan<T> values, int first, T last, bool descending, Span<int> rows, int count)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            rows[count] = first + i;
            count += (descending ? values[i] < last : values[i] > last) ? 0 : 1;
        }

        return count;
    }

    /// <summary>Nulls come last, after a limit that is none; what lies under them is no value.</summary>
    private static int WithoutNulls(ArrayData keys, Span<int> rows)
    {
        var valid = keys.Buffers[0].Span;
        var count = 0;
        foreach (var row in rows)
        {
            rows[count] = row;
            count += BitUtility.GetBit(valid, keys.Offset + row) ? 1 : 0;
        }

        return count;
    }
}
