using System.Numerics;

namespace DataEngineX.Compute;

/// <summary>
/// Sorts elements by the leading byte in which they differ, then each bucket by its next one, and few elements by insertion: bits that all
/// share cost nothing, and after the first round the work stays in the cache.
/// </summary>
internal static class ElementSort
{
    private const int Few = 24;
    private const int MostBits = 8;

    /// <summary>Sorts in place.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="room">Scratch space of at least the same length.</param>
    public static void Sort(Span<SortElement> elements, Span<SortElement> room) => Sort(elements, room[..elements.Length], intoRoom: false);

    private static void Sort(Span<SortElement> from, Span<SortElement> other, bool intoRoom)
    {
        if (from.Length <= Few)
        {
            Insert(from);
            Finish(from, other, intoRoom);
            return;
        }

        if (!FindDifference(from, out ulong high, out ulong low))
        {
            Finish(from, other, intoRoom);
            return;
        }

        int digitBits = Math.Min(MostBits, BitOperations.Log2((uint)from.Length));
        int top = high != 0 ? 127 - BitOperations.LeadingZeroCount(high) : 63 - BitOperations.LeadingZeroCount(low);
        int shift = Math.Max(0, top - digitBits + 1);
        // A digit lies in one half, so that a shift of 64 bits finds it.
        if (top >= 64 && shift < 64)
        {
            shift = 64;
        }

        uint mask = (1u << (top - shift + 1)) - 1;
        Span<int> ends = stackalloc int[1 << MostBits];
        ends = ends[..(int)(mask + 1)];
        Scatter(from, other, shift, mask, ends);
        int start = 0;
        foreach (int end in ends)
        {
            if (end - start > 1)
            {
                Sort(other[start..end], from[start..end], !intoRoom);
            }
            else if (end - start == 1 && !intoRoom)
            {
                from[start] = other[start];
            }

            start = end;
        }
    }

    /// <summary>Moves elements to the bucket of their digit; <paramref name="ends"/> gets where buckets end.</summary>
    private static void Scatter(ReadOnlySpan<SortElement> from, Span<SortElement> to, int shift, uint mask, Span<int> ends)
    {
        ends.Clear();
        bool inHigh = shift >= 64;
        shift &= 63;
        foreach (ref readonly SortElement element in from)
        {
            ends[(int)((uint)((inHigh ? element.High : element.Low) >> shift) & mask)]++;
        }

        int start = 0;
        for (int b = 0; b < ends.Length; b++)
        {
            int count = ends[b];
            ends[b] = start;
            start += count;
        }

        foreach (ref readonly SortElement element in from)
        {
            to[ends[(int)((uint)((inHigh ? element.High : element.Low) >> shift) & mask)]++] = element;
        }
    }

    /// <summary>The bits in which elements differ; false when they are in order already.</summary>
    private static bool FindDifference(ReadOnlySpan<SortElement> elements, out ulong high, out ulong low)
    {
        high = 0;
        low = 0;
        bool sorted = true;
        SortElement first = elements[0];
        SortElement previous = first;
        foreach (ref readonly SortElement element in elements)
        {
            sorted &= !element.IsBelow(previous);
            previous = element;
            high |= element.High ^ first.High;
            low |= element.Low ^ first.Low;
        }

        return !sorted;
    }

    private static void Finish(Span<SortElement> from, Span<SortElement> other, bool intoRoom)
    {
        if (intoRoom)
        {
            from.CopyTo(other);
        }
    }

    private static void Insert(Span<SortElement> elements)
    {
        for (int i = 1; i < elements.Length; i++)
        {
            SortElement element = elements[i];
            int at = i;
            while (at > 0 && element.IsBelow(elements[at - 1]))
            {
                elements[at] = elements[at - 1];
                at--;
            }

            elements[at] = element;
        }
    }
}
