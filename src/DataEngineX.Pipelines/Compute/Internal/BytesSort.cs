using System.Buffers.Binary;

namespace DataEngineX.Compute;

/// <summary>A stable sort of rows by bytes: radix by the first eight, merge sort where those are equal.</summary>
internal static class BytesSort
{
    public static void Sort(BytesColumn column, bool descending, Span<int> order)
    {
        using var rented = new Rented<ulong>(order.Length);
        Span<ulong> prefixes = rented.Span;
        ulong flip = descending ? ulong.MaxValue : 0;
        for (int i = 0; i < order.Length; i++)
        {
            prefixes[i] = Prefix(column[order[i]]) ^ flip;
        }

        RadixSort.Sort(prefixes, order);
        using var room = new Rented<int>(order.Length);
        int start = 0;
        for (int i = 1; i <= order.Length; i++)
        {
            if (i == order.Length || prefixes[i] != prefixes[start])
            {
                if (i - start > 1)
                {
                    Merge(column, descending, order[start..i], room.Span[start..i]);
                }

                start = i;
            }
        }
    }

    private static ulong Prefix(ReadOnlySpan<byte> value)
    {
        if (value.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(value);
        }

        ulong prefix = 0;
        for (int i = 0; i < value.Length; i++)
        {
            prefix |= (ulong)value[i] << (56 - (8 * i));
        }

        return prefix;
    }

    private static void Merge(BytesColumn column, bool descending, Span<int> rows, Span<int> room)
    {
        if (rows.Length <= 12)
        {
            Insert(column, descending, rows);
            return;
        }

        int middle = rows.Length / 2;
        Merge(column, descending, rows[..middle], room[..middle]);
        Merge(column, descending, rows[middle..], room[middle..]);
        if (Compare(column, descending, rows[middle - 1], rows[middle]) <= 0)
        {
            return;
        }

        rows[..middle].CopyTo(room);
        int left = 0;
        int right = middle;
        int at = 0;
        while (left < middle)
        {
            rows[at++] = right < rows.Length && Compare(column, descending, rows[right], room[left]) < 0 ? rows[right++] : room[left++];
        }
    }

    private static void Insert(BytesColumn column, bool descending, Span<int> rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            int row = rows[i];
            int at = i;
            while (at > 0 && Compare(column, descending, rows[at - 1], row) > 0)
            {
                rows[at] = rows[at - 1];
                at--;
            }

            rows[at] = row;
        }
    }

    private static int Compare(BytesColumn column, bool descending, int left, int right)
    {
        int order = column[left].SequenceCompareTo(column[right]);
        return descending ? -order : order;
    }
}
