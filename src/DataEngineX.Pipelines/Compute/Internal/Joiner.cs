using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Puts columns one after another.</summary>
internal static class Joiner
{
    public static IArrowArray Run(string kernel, ReadOnlySpan<ArrayData> parts, MemoryAllocator allocator)
    {
        IArrowType type = parts[0].DataType;
        int length = TotalLength(parts);
        switch (PhysicalTypes.Of(type))
        {
            case Physical.Null:
                return new NullArray(length);
            case Physical.Bit:
                return JoinBits(parts, length, allocator);
            case Physical.Variable:
                return JoinBytes(parts, length, allocator);
            case Physical.Dictionary:
                return JoinDictionaries(kernel, parts, length, allocator);
            case Physical.List:
                return JoinLists(kernel, parts, length, allocator);
            case Physical.Struct:
                return JoinStructs(kernel, parts, length, allocator);
            case Physical.Bytes:
                return JoinFixedBytes(parts, length, allocator);
            default:
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    kernel, type, new FixedAction { Parts = parts, Length = length, Allocator = allocator });
        }
    }

    private static int TotalLength(ReadOnlySpan<ArrayData> parts)
    {
        long total = 0;
        foreach (ArrayData part in parts)
        {
            total += part.Length;
        }

        return total <= int.MaxValue
            ? (int)total
            : throw new OverflowException($"{total} rows are more than one column can hold; use smaller batches.");
    }

    private static OutputBuffer<ulong>? JoinValidity(ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        bool anyNull = false;
        foreach (ArrayData part in parts)
        {
            anyNull |= part.GetNullCount() != 0;
        }

        if (!anyNull)
        {
            return null;
        }

        OutputBuffer<ulong> output = Validity.Empty(length, allocator);
        Span<ulong> words = output.Span;
        int at = 0;
        foreach (ArrayData part in parts)
        {
            Append(Bits.Validity(part), words, at);
            at += part.Length;
        }

        return output;
    }

    /// <summary>Adds bits at any position of zeroed words.</summary>
    private static void Append(Bits bits, Span<ulong> words, int at)
    {
        int shift = at & 63;
        int target = at >> 6;
        for (int w = 0; w < bits.Words; w++, target++)
        {
            ulong word = bits.Word(w);
            words[target] |= word << shift;
            if (shift != 0 && target + 1 < words.Length)
            {
                words[target + 1] |= word >> (64 - shift);
            }
        }
    }

    private static BooleanArray JoinBits(ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = JoinValidity(parts, length, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(length, allocator);
        int at = 0;
        foreach (ArrayData part in parts)
        {
            Append(Bits.Values(part), values.Span, at);
            at += part.Length;
        }

        return Assemble.Boolean(length, validity, values);
    }

    private static IArrowArray JoinFixedBytes(ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        int width = ((FixedSizeBinaryType)parts[0].DataType).ByteWidth;
        using OutputBuffer<ulong>? validity = JoinValidity(parts, length, allocator);
        using var values = new OutputBuffer<byte>(allocator, checked(length * width));
        int at = 0;
        foreach (ArrayData part in parts)
        {
            part.Buffers[1].Span.Slice(part.Offset * width, part.Length * width).CopyTo(values.Span[at..]);
            at += part.Length * width;
        }

        return Assemble.Fixed(parts[0].DataType, length, validity, values);
    }

    private static OutputBuffer<int> JoinOffsets(ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        var offsets = new OutputBuffer<int>(allocator, length + 1);
        Span<int> target = offsets.Span;
        target[0] = 0;
        long end = 0;
        int at = 1;
        foreach (ArrayData part in parts)
        {
            ReadOnlySpan<int> source = Columns.Offsets(part);
            for (int i = 1; i < source.Length; i++)
            {
                target[at++] = (int)(end + source[i] - source[0]);
            }

            end += source[^1] - source[0];
        }

        if (end <= int.MaxValue)
        {
            return offsets;
        }

        offsets.Dispose();
        throw new OverflowException($"The joined values take {end} bytes, above Arrow's 2 GiB limit; use smaller batches.");
    }

    private static IArrowArray JoinBytes(ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = JoinValidity(parts, length, allocator);
        using OutputBuffer<int> offsets = JoinOffsets(parts, length, allocator);
        using var bytes = new OutputBuffer<byte>(allocator, offsets.Span[^1]);
        Span<byte> rest = bytes.Span;
        foreach (ArrayData part in parts)
        {
            ReadOnlySpan<int> source = Columns.Offsets(part);
            ReadOnlySpan<byte> values = part.Buffers[2].Span[source[0]..source[^1]];
            values.CopyTo(rest);
            rest = rest[values.Length..];
        }

        return Assemble.Variable(parts[0].DataType, length, validity, offsets, bytes);
    }

    private static IArrowArray JoinLists(string kernel, ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = JoinValidity(parts, length, allocator);
        using OutputBuffer<int> offsets = JoinOffsets(parts, length, allocator);
        var items = new ArrayData[parts.Length];
        for (int p = 0; p < parts.Length; p++)
        {
            ReadOnlySpan<int> source = Columns.Offsets(parts[p]);
            items[p] = parts[p].Children[0].SliceShared(source[0], source[^1] - source[0]);
        }

        ArrayData child = RunAndDispose(kernel, items, allocator);
        ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
        return ArrowArrayFactory.BuildArray(
            new ArrayData(parts[0].DataType, length, nulls, 0, [bitmap, offsets.Build()], [child]));
    }

    private static IArrowArray JoinStructs(string kernel, ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = JoinValidity(parts, length, allocator);
        var children = new ArrayData[parts[0].Children.Length];
        try
        {
            for (int c = 0; c < children.Length; c++)
            {
                var items = new ArrayData[parts.Length];
                for (int p = 0; p < parts.Length; p++)
                {
                    items[p] = parts[p].Children[c].SliceShared(parts[p].Offset, parts[p].Length);
                }

                children[c] = RunAndDispose(kernel, items, allocator);
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

        ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
        return ArrowArrayFactory.BuildArray(new ArrayData(parts[0].DataType, length, nulls, 0, [bitmap], children));
    }

    private static DictionaryArray JoinDictionaries(
        string kernel, ReadOnlySpan<ArrayData> parts, int length, MemoryAllocator allocator)
    {
        var type = (DictionaryType)parts[0].DataType;
        if (type.IndexType.TypeId != ArrowTypeId.Int32)
        {
            throw Guard.Unsupported(kernel, type);
        }

        // The dictionaries are put one after another, so each part's indices move by the lengths before it.
        using OutputBuffer<ulong>? validity = JoinValidity(parts, length, allocator);
        using var indices = new OutputBuffer<int>(allocator, length);
        Span<int> target = indices.Span;
        var dictionaries = new ArrayData[parts.Length];
        int at = 0;
        int moved = 0;
        for (int p = 0; p < parts.Length; p++)
        {
            foreach (int index in Columns.Values<int>(parts[p]))
            {
                target[at++] = index + moved;
            }

            moved += parts[p].Dictionary.Length;
            dictionaries[p] = parts[p].Dictionary.Retain();
        }

        ArrayData dictionary = RunAndDispose(kernel, dictionaries, allocator);
        ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
        return new DictionaryArray(new ArrayData(type, length, nulls, 0, [bitmap, indices.Build()], null, dictionary));
    }

    private static ArrayData RunAndDispose(string kernel, ArrayData[] parts, MemoryAllocator allocator)
    {
        try
        {
            return Run(kernel, parts, allocator).Data;
        }
        finally
        {
            foreach (ArrayData part in parts)
            {
                part.Dispose();
            }
        }
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required ReadOnlySpan<ArrayData> Parts;
        public required int Length;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using OutputBuffer<ulong>? validity = JoinValidity(Parts, Length, Allocator);
            using var values = new OutputBuffer<T>(Allocator, Length);
            Span<T> rest = values.Span;
            foreach (ArrayData part in Parts)
            {
                ReadOnlySpan<T> source = Columns.Values<T>(part);
                source.CopyTo(rest);
                rest = rest[source.Length..];
            }

            return Assemble.Fixed(Parts[0].DataType, Length, validity, values);
        }
    }
}
