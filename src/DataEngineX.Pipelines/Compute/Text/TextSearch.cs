using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Looks for texts in texts.</summary>
internal static class TextSearch
{
    public static BooleanArray Contains(IReadOnlyList<IArrowArray> columns, TextInput wanted, MemoryAllocator allocator) =>
        wanted.IsConstant && !wanted[0].IsEmpty
            ? ContainsLiteral(columns, wanted[0], allocator)
            : TextLoops.Test<ContainsTest>(columns, wanted, allocator);

    public static BooleanArray StartsWith(IReadOnlyList<IArrowArray> columns, TextInput wanted, MemoryAllocator allocator) =>
        TextLoops.Test<StartsWithTest>(columns, wanted, allocator);

    public static BooleanArray EndsWith(IReadOnlyList<IArrowArray> columns, TextInput wanted, MemoryAllocator allocator) =>
        TextLoops.Test<EndsWithTest>(columns, wanted, allocator);

    public static BooleanArray Same(IReadOnlyList<IArrowArray> columns, TextInput wanted, MemoryAllocator allocator) =>
        TextLoops.Test<SameTextTest>(columns, wanted, allocator);

    /// <summary>The 0-based code point at which a text first occurs, or -1.</summary>
    public static IArrowArray IndexOf(IReadOnlyList<IArrowArray> columns, TextInput wanted, MemoryAllocator allocator)
    {
        var source = new BytesColumn(columns[0].Data);
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        using var values = new OutputBuffer<int>(allocator, columns[0].Length);
        Span<int> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            ReadOnlySpan<byte> text = source[i];
            int at = text.IndexOf(wanted[i]);
            target[i] = at <= 0 ? at : CodePoints.Count(text[..at]);
        }

        return Assemble.Fixed(Int32Type.Default, target.Length, validity, values);
    }

    /// <summary>Whether each row is like a pattern.</summary>
    public static BooleanArray Like(IReadOnlyList<IArrowArray> columns, LikePattern pattern, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(data.Length, allocator);
        Span<ulong> words = values.Span;
        for (int i = 0; i < data.Length; i++)
        {
            words[i >> 6] |= (pattern.Matches(source[i]) ? 1UL : 0) << (i & 63);
        }

        return Assemble.Boolean(data.Length, validity, values);
    }

    /// <summary>Searches the bytes of all rows at once, which is one vectorised pass where hits are rare, and finds the rows of the hits.</summary>
    private static BooleanArray ContainsLiteral(IReadOnlyList<IArrowArray> columns, ReadOnlySpan<byte> wanted, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(data.Length, allocator);
        Span<ulong> words = values.Span;
        ReadOnlySpan<int> offsets = source.Offsets;
        ReadOnlySpan<byte> bytes = source.Bytes[..offsets[^1]];
        int at = offsets[0];
        int row = 0;
        while (at < bytes.Length)
        {
            int found = bytes[at..].IndexOf(wanted);
            if (found < 0)
            {
                break;
            }

            at += found;
            row = RowOf(offsets, row, at);
            if (at + wanted.Length > offsets[row + 1])
            {
                // The hit runs into the next row.
                at++;
                continue;
            }

            Validity.Set(words, row);
            at = offsets[row + 1];
        }

        return Assemble.Boolean(data.Length, validity, values);
    }

    /// <summary>The row at or after <paramref name="row"/> that holds a byte: in growing steps, then by halves.</summary>
    private static int RowOf(ReadOnlySpan<int> offsets, int row, int at)
    {
        int low = row;
        int step = 1;
        while (low + step < offsets.Length && offsets[low + step] <= at)
        {
            low += step;
            step <<= 1;
        }

        int high = Math.Min(low + step, offsets.Length - 1);
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (offsets[middle] <= at)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
