using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Collects rows by index; -1 gives null.</summary>
internal static class Gather
{
    public static IArrowArray Run(string kernel, ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        switch (PhysicalTypes.Of(data.DataType))
        {
            case Physical.Null:
                return new NullArray(indices.Length);
            case Physical.Bit:
                return GatherBits(data, indices, allocator);
            case Physical.Variable:
                return GatherBytes(data, indices, allocator);
            case Physical.Dictionary:
                return GatherDictionary(kernel, data, indices, allocator);
            case Physical.List:
                return GatherList(kernel, data, indices, allocator);
            case Physical.Struct:
                return GatherStruct(kernel, data, indices, allocator);
            case Physical.Bytes:
                return GatherFixedBytes(data, indices, allocator);
            default:
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    kernel, data.DataType, new FixedAction { Data = data, Indices = indices, Allocator = allocator });
        }
    }

    /// <summary>The validity of the collected rows; missing when none is null.</summary>
    private static OutputBuffer<ulong>? GatherValidity(ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        Bits source = Bits.Validity(data);
        if (source.AllSet && indices.IndexOf(-1) < 0)
        {
            return null;
        }

        OutputBuffer<ulong> output = Validity.Empty(indices.Length, allocator);
        GatherInto(source, indices, output.Span);
        return output;
    }

    private static void GatherInto(Bits source, ReadOnlySpan<int> indices, Span<ulong> words)
    {
        for (int w = 0; w < words.Length; w++)
        {
            int start = w << 6;
            int end = Math.Min(64, indices.Length - start);
            ulong word = 0;
            for (int i = 0; i < end; i++)
            {
                int index = indices[start + i];
                word |= (index >= 0 && source[index] ? 1UL : 0) << i;
            }

            words[w] = word;
        }
    }

    private static BooleanArray GatherBits(ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = GatherValidity(data, indices, allocator);
        using var values = new OutputBuffer<ulong>(allocator, Bits.WordsFor(indices.Length));
        GatherInto(Bits.Values(data), indices, values.Span);
        return Assemble.Boolean(indices.Length, validity, values);
    }

    private static IArrowArray GatherBytes(ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        var source = new BytesColumn(data);
        using OutputBuffer<ulong>? validity = GatherValidity(data, indices, allocator);
        using var offsets = new OutputBuffer<int>(allocator, indices.Length + 1);
        GatherOffsets(source.Offsets, source.Validity, indices, offsets.Span);
        using var bytes = new OutputBuffer<byte>(allocator, offsets.Span[^1]);
        Span<byte> target = bytes.Span;
        Span<int> starts = offsets.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            int length = starts[i + 1] - starts[i];
            if (length != 0)
            {
                source.Bytes.Slice(source.Offsets[indices[i]], length).CopyTo(target[starts[i]..]);
            }
        }

        return Assemble.Variable(data.DataType, indices.Length, validity, offsets, bytes);
    }

    /// <summary>Offsets of the collected rows, where what lies under a null counts for nothing.</summary>
    private static void GatherOffsets(ReadOnlySpan<int> source, Bits validity, ReadOnlySpan<int> indices, Span<int> target)
    {
        long end = 0;
        target[0] = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            int index = indices[i];
            if (index >= 0 && validity[index])
            {
                end += source[index + 1] - source[index];
            }

            target[i + 1] = (int)end;
        }

        if (end > int.MaxValue)
        {
            throw new OverflowException($"The collected values take {end} bytes, above Arrow's 2 GiB limit; use smaller batches.");
        }
    }

    private static IArrowArray GatherFixedBytes(ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        int width = ((FixedSizeBinaryType)data.DataType).ByteWidth;
        using OutputBuffer<ulong>? validity = GatherValidity(data, indices, allocator);
        using var values = new OutputBuffer<byte>(allocator, checked(indices.Length * width));
        Span<byte> target = values.Span;
        ReadOnlySpan<byte> source = data.Length == 0 ? [] : data.Buffers[1].Span.Slice(data.Offset * width, data.Length * width);
        for (int i = 0; i < indices.Length; i++)
        {
            Span<byte> value = target.Slice(i * width, width);
            if (indices[i] < 0)
            {
                value.Clear();
            }
            else
            {
                source.Slice(indices[i] * width, width).CopyTo(value);
            }
        }

        return Assemble.Fixed(data.DataType, indices.Length, validity, values);
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

    private static IArrowArray GatherList(string kernel, ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        ReadOnlySpan<int> source = Columns.Offsets(data);
        Bits sourceValidity = Bits.Validity(data);
        using OutputBuffer<ulong>? validity = GatherValidity(data, indices, allocator);
        using var offsets = new OutputBuffer<int>(allocator, indices.Length + 1);
        GatherOffsets(source, sourceValidity, indices, offsets.Span);
        Span<int> starts = offsets.Span;
        using var items = new Rented<int>(starts[^1]);
        Span<int> itemIndices = items.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            for (int k = starts[i]; k < starts[i + 1]; k++)
            {
                itemIndices[k] = source[indices[i]] + (k - starts[i]);
            }
        }

        ArrayData child = Run(kernel, data.Children[0], itemIndices, allocator).Data;
        ArrowBuffer bitmap = Validity.Build(validity, indices.Length, out int nulls);
        return ArrowArrayFactory.BuildArray(
            new ArrayData(data.DataType, indices.Length, nulls, 0, [bitmap, offsets.Build()], [child]));
    }

    private static IArrowArray GatherStruct(string kernel, ArrayData data, ReadOnlySpan<int> indices, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = GatherValidity(data, indices, allocator);
        // The children of a struct are not moved by its own offset, so their rows are.
        using var moved = new Rented<int>(indices.Length);
        Span<int> childIndices = moved.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            childIndices[i] = indices[i] < 0 ? -1 : indices[i] + data.Offset;
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

        ArrowBuffer bitmap = Validity.Build(validity, indices.Length, out int nulls);
        return ArrowArrayFactory.BuildArray(new ArrayData(data.DataType, indices.Length, nulls, 0, [bitmap], children));
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required ArrayData Data;
        public required ReadOnlySpan<int> Indices;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> source = Columns.Values<T>(Data);
            using OutputBuffer<ulong>? validity = GatherValidity(Data, Indices, Allocator);
            using var values = new OutputBuffer<T>(Allocator, Indices.Length);
            Span<T> target = values.Span;
            ReadOnlySpan<int> indices = Indices;
            if (validity is null)
            {
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = source[indices[i]];
                }
            }
            else
            {
                for (int i = 0; i < target.Length; i++)
                {
                    int index = indices[i];
                    target[i] = index < 0 ? T.Zero : source[index];
                }
            }

            return Assemble.Fixed(Data.DataType, Indices.Length, validity, values);
        }
    }
}
