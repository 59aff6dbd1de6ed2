using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Joins texts of several columns row by row: sizes first, so that the output is allocated once, then column after column.</summary>
internal static class TextJoins
{
    /// <summary>All parts one after another; null where any is null.</summary>
    public static IArrowArray Concat(IReadOnlyList<IArrowArray> columns, TextSlot[] parts, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = TextLoops.Validity(columns, allocator);
        return Run(columns, parts, [], validity, allocator);
    }

    /// <summary>The parts that are not null with a separator between them; never null.</summary>
    public static IArrowArray ConcatWith(IReadOnlyList<IArrowArray> columns, TextSlot[] parts, byte[] separator, MemoryAllocator allocator) =>
        Run(columns, parts, separator, null, allocator);

    private static IArrowArray Run(
        IReadOnlyList<IArrowArray> columns, TextSlot[] parts, ReadOnlySpan<byte> separator, OutputBuffer<ulong>? validity, MemoryAllocator allocator)
    {
        int length = columns[0].Length;
        using var offsets = new OutputBuffer<int>(allocator, length + 1);
        using var begun = new Rented<bool>(length);
        Measure(columns, parts, separator.Length, TextLoops.Rows(validity, length), begun.Span, offsets.Span);
        using var bytes = new OutputBuffer<byte>(allocator, offsets.Span[^1]);
        using var cursors = new Rented<int>(length);
        Span<int> at = cursors.Span;
        offsets.Span[..length].CopyTo(at);
        begun.Span.Clear();
        Span<bool> seen = begun.Span;
        Span<byte> target = bytes.Span;
        Bits rows = TextLoops.Rows(validity, length);
        foreach (TextSlot part in parts)
        {
            TextInput text = part.Of(columns);
            Bits valid = part.Literal is null ? Bits.Validity(columns[part.Column].Data) : Bits.Ones(length);
            for (int i = 0; i < length; i++)
            {
                if (!rows[i] || !valid[i])
                {
                    continue;
                }

                if (seen[i])
                {
                    separator.CopyTo(target[at[i]..]);
                    at[i] += separator.Length;
                }

                seen[i] = true;
                ReadOnlySpan<byte> value = text[i];
                value.CopyTo(target[at[i]..]);
                at[i] += value.Length;
            }
        }

        return Assemble.Variable(StringType.Default, length, validity, offsets, bytes);
    }

    private static void Measure(
        IReadOnlyList<IArrowArray> columns, TextSlot[] parts, int separator, Bits rows, Span<bool> begun, Span<int> offsets)
    {
        begun.Clear();
        offsets.Clear();
        long total = 0;
        Span<int> sizes = offsets[1..];
        foreach (TextSlot part in parts)
        {
            TextInput text = part.Of(columns);
            Bits valid = part.Literal is null ? Bits.Validity(columns[part.Column].Data) : Bits.Ones(rows.Length);
            for (int i = 0; i < sizes.Length; i++)
            {
                if (rows[i] && valid[i])
                {
                    int size = text[i].Length + (begun[i] ? separator : 0);
                    sizes[i] += size;
                    total += size;
                    begun[i] = true;
                }
            }
        }

        if (total > int.MaxValue)
        {
            throw new OverflowException($"The joined texts take {total} bytes, above Arrow's 2 GiB limit; use smaller batches.");
        }

        for (int i = 1; i < offsets.Length; i++)
        {
            offsets[i] += offsets[i - 1];
        }
    }
}
