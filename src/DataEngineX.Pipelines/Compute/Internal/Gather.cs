using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Collects rows by index; -1 gives null.</summary>
internal static unsafe class Gather
{
    public static IArrowArray Run(string kernel, ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator) =>
        Run(kernel, data, RowPicks.Check(indices, data.Length), allocator);

    public static IArrowArray Run(string kernel, ArrayData data, RowPicks picks, MemoryAllocator allocator)
    {
        // Consecutive rows share the column's buffers, unless a few would keep many alive.
        if (picks.Start >= 0 && picks.Count >= data.Length / 2)
        {
            return ArrowArrayFactory.BuildArray(data.SliceShared(picks.Start, picks.Count));
        }

        switch (PhysicalTypes.Of(data.DataType))
        {
            case Physical.Null:
                return new NullArray(picks.Count);
            case Physical.Bit:
                return GatherBits(data, picks, allocator);
            case Physical.Variable:
                return GatherBytes(data, picks, allocator);
            case Physical.Dictionary:
                return GatherDictionary(kernel, data, picks.Rows, allocator);
            case Physical.List:
                return GatherList(kernel, data, picks, allocator);
            case Physical.Struct:
                return GatherStruct(kernel, data, picks, allocator);
            default:
                return data.DataType is FixedWidthType { BitWidth: >= 8 } type
                    ? GatherFixed(data, type.BitWidth / 8, picks, allocator)
                    : throw Guard.Unsupported(kernel, data.DataType);
        }
    }

    private static IArrowArray GatherFixed(ArrayData data, int width, RowPicks picks, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = GatherValidity(data, picks, allocator);
        using var values = new OutputBuffer<byte>(allocator, checked(picks.Count * width));
        fixed (byte* source = data.Buffers[1].Span)
        fixed (byte* target = values.Span)
        {
            nint chunk = (nint)source + ((nint)data.Offset * width);
            GatherLoops.Fixed(width, &chunk, GatherLoops.OneChunk, picks, target);
        }

        return Assemble.Fixed(data.DataType, picks.Count, validity, values);
    }

    /// <summary>The validity of the collected rows; missing when none is null.</summary>
    private static OutputBuffer<ulong>? GatherValidity(ArrayData data, RowPicks picks, MemoryAllocator allocator)
    {
        bool anyNull = data.DataType.TypeId != ArrowTypeId.Null && data.GetNullCount() != 0 && !data.Buffers[0].IsEmpty;
        if (!anyNull && !picks.AnyMissing)
        {
            return null;
        }

        var output = new OutputBuffer<ulong>(allocator, Bits.WordsFor(picks.Count));
        GatherBitmap(anyNull ? data.Buffers[0].Span : [], data.Offset, picks, output.Span);
        return output;
    }

    private static void GatherBitmap(ReadOnlySpan<byte> source, int offset, RowPicks picks, Span<ulong> words)
    {
        fixed (byte* bitmap = source)
        {
            nint chunk = (nint)bitmap;
            GatherLoops.Bits(&chunk, &offset, GatherLoops.OneChunk, picks, words);
        }
    }

    private static BooleanArray GatherBits(ArrayData data, RowPicks picks, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = GatherValidity(data, picks, allocator);
        using var values = new OutputBuffer<ulong>(allocator, Bits.WordsFor(picks.Count));
        if (data.Length > 0)
        {
            GatherBitmap(data.Buffers[1].Span, data.Offset, picks, values.Span);
        }
        else
        {
            values.Span.Clear();
        }

        return Assemble.Boolean(picks.Count, validity, values);
    }

    private static IArrowArray GatherBytes(ArrayData data, RowPicks picks, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = GatherValidity(data, picks, allocator);
        fixed (int* offsets = Columns.Offsets(data))
        fixed (byte* bytes = data.Buffers[2].Span)
        {
            nint offsetChunk = (nint)offsets;
            nint byteChunk = (nint)bytes;
            return BytesOf(data.DataType, &offsetChunk, &byteChunk, GatherLoops.OneChunk, picks, validity, allocator);
        }
    }

    /// <summary>Collects values of any width; with missing rows there must be a validity.</summary>
    public static IArrowArray BytesOf(
        IArrowType type, nint* offsetChunks, nint* byteChunks, int shift, RowPicks picks, OutputBuffer<ulong>? validity, MemoryAllocator allocator)
    {
        using var offsets = new OutputBuffer<int>(allocator, picks.Count + 1);
        using var starts = new Rented<nint>(picks.Count);
        fixed (int* ends = offsets.Span)
        fixed (nint* sources = starts.Span)
        {
            long total = GatherLoops.Measure(
                offsetChunks, byteChunks, shift, picks, validity is null ? [] : validity.Span, ends, sources);
            if (total > int.MaxValue - 64)
            {
                throw new OverflowException($"The collected values take {total} bytes, above Arrow's 2 GiB limit; use smaller batches.");
            }

            using var bytes = new OutputBuffer<byte>(allocator, (int)total + 16);
            fixed (byte* target = bytes.Span)
            {
                GatherLoops.Bytes(sources, ends, picks.Count, target);
            }

            return Assemble.Variable(type, picks.Count, validity, offsets, bytes);
        }
    }

    private static DictionaryArray GatherDictionary(
        string kernel, ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        var type = (DictionaryType)data.DataType;
        var keys = new ArrayData(type.IndexType, data.Length, data.GetNullCount(), data.Offset, data.Buffers);
        ArrayData taken = Run(kernel, keys, indices, allocator).Data;
        return new DictionaryArray(
            new ArrayData(type, taken.Length, taken.NullCount, 0, taken.Buffers, null, data.Dictionary.Retain()));
    }

    private static IArrowArray GatherList(string kernel, ArrayData data, RowPicks picks, MemoryAllocator allocator)
    {
        ReadOnlySpan<int> source = Columns.Offsets(data);
        ReadOnlySpan<int> rows = picks.Rows;
        using OutputBuffer<ulong>? validity = GatherValidity(data, picks, allocator);
        using var offsets = new OutputBuffer<int>(allocator, rows.Length + 1);
        Span<int> starts = offsets.Span;
        ListOffsets(source, Bits.Validity(data), rows, starts);
        using var items = new Rented<int>(starts[^1]);
        Span<int> itemIndices = items.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = starts[i]; k < starts[i + 1]; k++)
            {
                itemIndices[k] = source[rows[i]] + (k - starts[i]);
            }
        }

        ArrayData child = Run(kernel, data.Children[0], itemIndices, allocator).Data;
        ArrowBuffer bitmap = Validity.Build(validity, rows.Length, out int nulls);
        return ArrowArrayFactory.BuildArray(
            new ArrayData(data.DataType, rows.Length, nulls, 0, [bitmap, offsets.Build()], [child]));
    }

    /// <summary>Offsets of the collected lists, where what lies under a null counts for nothing.</summary>
    private static void ListOffsets(ReadOnlySpan<int> source, Bits validity, ReadOnlySpan<int> rows, Span<int> target)
    {
        int end = 0;
        target[0] = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if (row >= 0 && validity[row])
            {
                end = checked(end + source[row + 1] - source[row]);
            }

            target[i + 1] = end;
        }
    }

    private static IArrowArray GatherStruct(string kernel, ArrayData data, RowPicks picks, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = GatherValidity(data, picks, allocator);
        // The children of a struct are not moved by its own offset, so their rows are.
        ReadOnlySpan<int> rows = picks.Rows;
        using var moved = new Rented<int>(rows.Length);
        Span<int> childIndices = moved.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            childIndices[i] = rows[i] < 0 ? -1 : rows[i] + data.Offset;
        }

        var children = new ArrayData[data.Children.Length];
        try
        {
            for (int c = 0; c < children.Length; c++)
            {
                children[c] = Run(kernel, data.Children[c], childIndices, allocator).Data;
            }
        }
        catch
        {
            foreach (ArrayData? child in children)
            {
                child?.Dispose();
            }

            throw;
        }

        ArrowBuffer bitmap = Validity.Build(validity, rows.Length, out int nulls);
        return ArrowArrayFactory.BuildArray(new ArrayData(data.DataType, rows.Length, nulls, 0, [bitmap], children));
    }
}
