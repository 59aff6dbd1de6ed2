using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Access to list and struct columns.</summary>
internal static class Lists
{
    public static IArrowArray Length(IArrowArray list, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(list.Data), allocator);
        using var values = new OutputBuffer<int>(allocator, list.Length);
        ReadOnlySpan<int> offsets = Columns.Offsets(list.Data);
        Span<int> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = offsets[i + 1] - offsets[i];
        }

        return Assemble.Fixed(Int32Type.Default, list.Length, validity, values);
    }

    /// <summary>The element at each row's index, negative ones from the end; an index column of one row stands for every row.</summary>
    public static IArrowArray Element(IArrowArray list, IArrowArray index, MemoryAllocator allocator)
    {
        ReadOnlySpan<int> offsets = Columns.Offsets(list.Data);
        ReadOnlySpan<int> wanted = Columns.Values<int>(index.Data);
        Bits valid = Bits.Validity(list.Data);
        Bits known = Bits.Validity(index.Data);
        int step = index.Length == list.Length ? 1 : 0;
        using var rented = new Rented<int>(list.Length);
        Span<int> rows = rented.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            (int start, int end) = (offsets[i], offsets[i + 1]);
            int at = wanted[i * step];
            long row = at < 0 ? (long)end + at : (long)start + at;
            rows[i] = valid[i] && known[i * step] && row >= start && row < end ? (int)row : -1;
        }

        return Gather.Run("list_element", list.Data.Children[0], rows, allocator);
    }

    /// <summary>Whether each list has an element for which a comparison, made element by element, is true.</summary>
    /// <param name="list">The lists.</param>
    /// <param name="value">The value looked for in each row's list; of one row where it stands for all.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    public static IArrowArray Contains(IArrowArray list, IArrowArray value, MemoryAllocator allocator)
    {
        ReadOnlySpan<int> offsets = Columns.Offsets(list.Data);
        int first = offsets[0];
        int count = offsets[^1] - first;
        Bits valid = Bits.Validity(list.Data);
        Bits known = Bits.Validity(value.Data);
        int step = value.Length == list.Length ? 1 : 0;
        using var parents = new Rented<int>(count);
        for (int i = 0; i < list.Length; i++)
        {
            parents.Span[(offsets[i] - first)..(offsets[i + 1] - first)].Fill(i * step);
        }

        using IArrowArray elements = ArrowArrayFactory.BuildArray(list.Data.Children[0].SliceShared(first, count));
        using IArrowArray wanted = Gather.Run("list_contains", value.Data, parents.Span, allocator);
        using BooleanArray equal = Comparison.Compare(ComparisonOperator.Equal, elements, wanted, allocator);
        using OutputBuffer<ulong> validity = Validity.Empty(list.Length, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(list.Length, allocator);
        Bits same = Bits.Values(equal.Data);
        Bits compared = Bits.Validity(equal.Data);
        for (int i = 0; i < list.Length; i++)
        {
            if (!valid[i] || !known[i * step])
            {
                continue;
            }

            Validity.Set(validity.Span, i);
            for (int k = offsets[i] - first; k < offsets[i + 1] - first; k++)
            {
                if (same[k] && compared[k])
                {
                    Validity.Set(values.Span, i);
                    break;
                }
            }
        }

        return Assemble.Boolean(list.Length, validity, values);
    }

    /// <summary>A field of each struct; null where the struct is.</summary>
    public static IArrowArray Field(IArrowArray structs, int field, MemoryAllocator allocator)
    {
        ArrayData data = structs.Data;
        Bits valid = Bits.Validity(data);

        // The children of a struct are not moved by its own offset.
        if (valid.AllSet)
        {
            return ArrowArrayFactory.BuildArray(data.Children[field].SliceShared(data.Offset, data.Length));
        }

        using var rented = new Rented<int>(data.Length);
        Span<int> rows = rented.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = valid[i] ? data.Offset + i : -1;
        }

        return Gather.Run("struct_field", data.Children[field], rows, allocator);
    }
}
