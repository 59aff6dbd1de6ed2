using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Takes texts apart at a separator.</summary>
internal static class SplitLoops
{
    /// <summary>All parts as a list; null where the text is.</summary>
    public static IArrowArray Split(ListType type, IReadOnlyList<IArrowArray> columns, byte[] separator, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        Bits rows = source.Validity;
        using OutputBuffer<ulong>? validity = Validity.Copy(rows, allocator);
        using var offsets = new OutputBuffer<int>(allocator, data.Length + 1);
        Span<int> starts = offsets.Span;
        starts[0] = 0;
        for (int i = 0; i < data.Length; i++)
        {
            starts[i + 1] = checked(starts[i] + (rows[i] ? source[i].Count(separator) + 1 : 0));
        }

        var writer = new BytesWriter(starts[^1], source.Offsets[^1] - source.Offsets[0], allocator);
        try
        {
            for (int i = 0; i < data.Length; i++)
            {
                if (rows[i])
                {
                    WriteParts(source[i], separator, ref writer);
                }
            }

            ArrayData items = writer.Build(StringType.Default, null).Data;
            ArrowBuffer bitmap = Validity.Build(validity, data.Length, out int nulls);
            return new ListArray(new ArrayData(type, data.Length, nulls, 0, [bitmap, offsets.Build()], [items]));
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>One part; negative indices count from the end, and null where there is no such part.</summary>
    public static IArrowArray Part(IReadOnlyList<IArrowArray> columns, byte[] separator, NumberInput indices, MemoryAllocator allocator)
    {
        ArrayData data = columns[0].Data;
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? given = TextLoops.Validity(columns, allocator);
        using OutputBuffer<ulong> validity = Validity.Empty(data.Length, allocator);
        Span<ulong> words = validity.Span;
        Bits rows = TextLoops.Rows(given, data.Length);
        var writer = new BytesWriter(data.Length, source.Offsets[^1] - source.Offsets[0], allocator);
        try
        {
            for (int i = 0; i < data.Length; i++)
            {
                if (rows[i] && TryFind(source[i], separator, indices[i], out ReadOnlySpan<byte> part))
                {
                    Validity.Set(words, i);
                    writer.Write(part);
                }

                writer.EndRow();
            }

            return writer.Build(StringType.Default, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static void WriteParts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, ref BytesWriter writer)
    {
        ReadOnlySpan<byte> rest = text;
        int at;
        while ((at = rest.IndexOf(separator)) >= 0)
        {
            writer.Write(rest[..at]);
            writer.EndRow();
            rest = rest[(at + separator.Length)..];
        }

        writer.Write(rest);
        writer.EndRow();
    }

    private static bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, long index, out ReadOnlySpan<byte> part)
    {
        long left = index >= 0 ? index : text.Count(separator) + 1 + index;
        part = [];
        if (left < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text;
        for (; left > 0; left--)
        {
            int next = rest.IndexOf(separator);
            if (next < 0)
            {
                return false;
            }

            rest = rest[(next + separator.Length)..];
        }

        int end = rest.IndexOf(separator);
        part = end < 0 ? rest : rest[..end];
        return true;
    }
}
