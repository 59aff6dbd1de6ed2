using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Collects rows out of many chunks in any order. Values are read through addresses: with spans the loops took twice as long, as every
/// row is of another chunk.
/// </summary>
internal static unsafe class RowGather
{
    /// <summary>Rows of all columns.</summary>
    /// <param name="chunks">Where the rows lie.</param>
    /// <param name="rows">Row numbers.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A batch owned by the caller.</returns>
    public static RecordBatch Take(RowChunks chunks, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        using var columns = new BatchColumns(chunks.Schema.FieldsList.Count);
        for (int c = 0; c < chunks.Schema.FieldsList.Count; c++)
        {
            columns[c] = Take(chunks, c, rows, allocator);
        }

        return columns.Build(chunks.Schema, rows.Length);
    }

    /// <summary>Rows of one column.</summary>
    public static IArrowArray Take(RowChunks chunks, int column, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        IArrowType type = chunks.Schema.FieldsList[column].DataType;
        if (chunks.Count == 1)
        {
            return TakeOfOne(chunks, column, rows, allocator);
        }

        switch (PhysicalTypes.Of(type))
        {
            case Physical.Null:
                return new NullArray(rows.Length);
            case Physical.Bit:
                return TakeBits(chunks.Column(column), rows, allocator);
            case Physical.Variable:
                return TakeBytes(chunks.Column(column), rows, allocator);
            case Physical.Dictionary:
                return DictionaryGather.Take(chunks, column, rows, allocator);
            case Physical.List:
            case Physical.Struct:
            case Physical.Bytes:
            case Physical.Other:
                return NestedGather.Take(chunks, column, rows, allocator);
            default:
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    nameof(Sorting), type, new FixedAction { Column = chunks.Column(column), Rows = rows, Allocator = allocator });
        }
    }

    /// <summary>The validity of the collected rows; missing when none is null.</summary>
    public static OutputBuffer<ulong>? TakeValidity(ChunkColumn column, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        if (!column.HasNulls)
        {
            return null;
        }

        OutputBuffer<ulong> output = Validity.Empty(rows.Length, allocator);
        Span<ulong> words = output.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            if (column.IsValid((int)(rows[i] >> 16), (int)(rows[i] & 0xFFFF)))
            {
                Validity.Set(words, i);
            }
        }

        return output;
    }

    /// <summary>Collects fixed-width values.</summary>
    public static void Copy<T>(ChunkColumn column, ReadOnlySpan<uint> rows, Span<T> target)
        where T : unmanaged
    {
        ref nint bases = ref MemoryMarshal.GetArrayDataReference(column.Values);
        for (int i = 0; i < rows.Length; i++)
        {
            uint row = rows[i];
            target[i] = ((T*)Unsafe.Add(ref bases, row >> 16))[row & 0xFFFF];
        }
    }

    private static IArrowArray TakeOfOne(RowChunks chunks, int column, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        ArrayData data = chunks.Data(0, column);
        return Gather.Run(nameof(Sorting), data, MemoryMarshal.Cast<uint, int>(rows), allocator);
    }

    private static BooleanArray TakeBits(ChunkColumn column, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = TakeValidity(column, rows, allocator);
        using var values = new OutputBuffer<ulong>(allocator, Bits.WordsFor(rows.Length), clear: true);
        Span<ulong> words = values.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            if (column.Bit((int)(rows[i] >> 16), (int)(rows[i] & 0xFFFF)))
            {
                Validity.Set(words, i);
            }
        }

        return Assemble.Boolean(rows.Length, validity, values);
    }

    private static IArrowArray TakeBytes(ChunkColumn column, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = TakeValidity(column, rows, allocator);
        using var offsets = new OutputBuffer<int>(allocator, rows.Length + 1);
        using var sources = new Rented<nint>(rows.Length);
        Span<nint> from = sources.Span;
        Span<int> ends = offsets.Span;
        long total = FindBytes(column, rows, from, ends, hasNulls: validity is not null);
        if (total > int.MaxValue - Vector128<byte>.Count)
        {
            throw new OverflowException($"The collected values take {total} bytes, above Arrow's 2 GiB limit; use smaller batches.");
        }

        // Room for the last short value to be written as a whole vector.
        using var bytes = new OutputBuffer<byte>(allocator, (int)total + Vector128<byte>.Count);
        fixed (byte* target = bytes.Span)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int start = ends[i];
                int length = ends[i + 1] - start;
                byte* source = (byte*)from[i];
                if (length <= Vector128<byte>.Count && source + Vector128<byte>.Count <= (byte*)column.BytesEnds[rows[i] >> 16])
                {
                    Vector128.Store(Vector128.Load(source), target + start);
                }
                else if (length > 0)
                {
                    Unsafe.CopyBlockUnaligned(target + start, source, (uint)length);
                }
            }
        }

        bytes.Resize((int)total);
        return Assemble.Variable(column.Type, rows.Length, validity, offsets, bytes);
    }

    /// <summary>Where the bytes of each row lie; what lies under a null counts for nothing.</summary>
    private static long FindBytes(ChunkColumn column, ReadOnlySpan<uint> rows, Span<nint> from, Span<int> ends, bool hasNulls)
    {
        long total = 0;
        ends[0] = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int chunk = (int)(rows[i] >> 16);
            int* offsets = (int*)column.Values[chunk] + (rows[i] & 0xFFFF);
            int start = offsets[0];
            from[i] = column.Bytes[chunk] + start;
            if (!hasNulls || column.IsValid(chunk, (int)(rows[i] & 0xFFFF)))
            {
                total += offsets[1] - start;
            }

            ends[i + 1] = (int)total;
        }

        return total;
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required ChunkColumn Column;
        public required ReadOnlySpan<uint> Rows;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using OutputBuffer<ulong>? validity = TakeValidity(Column, Rows, Allocator);
            using var values = new OutputBuffer<T>(Allocator, Rows.Length);
            Copy(Column, Rows, values.Span);
            return Assemble.Fixed(Column.Type, Rows.Length, validity, values);
        }
    }
}
