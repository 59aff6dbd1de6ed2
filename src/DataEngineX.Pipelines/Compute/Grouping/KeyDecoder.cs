using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Unpacks keys into columns.</summary>
internal static class KeyDecoder
{
    /// <summary>Keys from <paramref name="start"/> on, one column a key type, owned by the caller.</summary>
    public static IArrowArray[] Build(KeyTable table, int start, int count, MemoryAllocator allocator)
    {
        var columns = new IArrowArray[table.Layout.Types.Length];
        var rows = table.Keys.Slice(start * table.Layout.Words, count * table.Layout.Words);
        try
        {
            for (var c = 0; c < columns.Length; c++)
                columns[c] = Build(table, c, rows, start, count, allocator);
            return columns;
        }
        catch
        {
            foreach (var column in columns)
                column?.Dispose();
            throw;
        }
    }

    private static IArrowArray Build(KeyTable table, int column, ReadOnlySpan<ulong> rows, int start, int count, MemoryAllocator allocator)
    {
        ref readonly var field = ref table.Layout.Fields[column];
        switch (field.Physical)
        {
            case Physical.Null:
                return new NullArray(count);
            case Physical.Bit:
                return BuildBits(field, rows, table.Layout.Words, count, allocator);
            case Physical.Variable:
                return BuildTexts(table, column, rows, start, count, allocator);
            default:
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    nameof(GroupIndex),
                    field.Type,
                    new FixedAction { Field = field, Rows = rows, Words = table.Layout.Words, Count = count, Allocator = allocator });
        }
    }

    private static OutputBuffer<ulong>? Mask(in KeyField field, ReadOnlySpan<ulong> rows, int words, int count, MemoryAllocator allocator)
    {
        if (field.MaskWord < 0)
            return null;
        var validity = Validity.Empty(count, allocator);
        var valid = validity.Span;
        for (var i = 0; i < count; i++)
            valid[i >> 6] |= ((rows[(i * words) + field.MaskWord] & field.MaskBit) == 0 ? 1UL : 0) << (i & 63);
        return validity;
    }

    private static BooleanArray BuildBits(KeyField field, ReadOnlySpan<ulong> rows, int words, int count, MemoryAllocator allocator)
    {
        using var validity = Mask(field, rows, words, count, allocator);
        using var values = Validity.Empty(count, allocator);
        var bits = values.Span;
        for (var i = 0; i < count; i++)
            bits[i >> 6] |= ((rows[(i * words) + field.Word] >> field.Shift) & 1) << (i & 63);
        return Assemble.Boolean(count, validity, values);
    }

    private static IArrowArray BuildTexts(
        KeyTable table, int column, ReadOnlySpan<ulong> rows, int start, int count, MemoryAllocator allocator)
    {
        var field = table.Layout.Fields[column];
        var words = table.Layout.Words;
        using var validity = Validity.Empty(count, allocator);
        using var offsets = new OutputBuffer<int>(allocator, count + 1);
        var starts = offsets.Span;
        var valid = validity.Span;
        starts[0] = 0;
        var total = 0L;
        for (var i = 0; i < count; i++)
        {
            var first = rows[(i * words) + field.Word];
            var isNull = first == KeyText.NullWord;
            valid[i >> 6] |= (isNull ? 0UL : 1) << (i & 63);
            total += isNull ? 0 : KeyText.IsLong(first) ? table.TextsOf(column)![start + i].Length : KeyText.Length(first);
            starts[i + 1] = (int)total;
        }

        if (total > int.MaxValue - 64)
            throw new OverflowException($"The keys take {total} bytes, above Arrow's 2 GiB limit; use smaller batches.");
        // Whole words are written, also past the end of a text; the next text overwrites what is too much.
        using var bytes = new OutputBuffer<byte>(allocator, (int)total + 16);
        ref var target = ref MemoryMarshal.GetReference(bytes.Span);
        for (var i = 0; i < count; i++)
        {
            var first = rows[(i * words) + field.Word];
            if (KeyText.IsLong(first))
            {
                table.TextsOf(column)![start + i].CopyTo(bytes.Span[starts[i]..]);
                continue;
            }

            ref var place = ref Unsafe.Add(ref target, starts[i]);
            Unsafe.WriteUnaligned(ref place, first);
            if (KeyText.Length(first) > KeyText.Narrow && first != KeyText.NullWord)
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref place, KeyText.Narrow), rows[(i * words) + field.Word + 1]);
        }

        bytes.Resize((int)total);
        return Assemble.Variable(field.Type, count, validity, offsets, bytes);
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required KeyField Field;
        public required ReadOnlySpan<ulong> Rows;
        public required int Words;
        public required int Count;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var validity = Mask(Field, Rows, Words, Count, Allocator);
            using var values = new OutputBuffer<T>(Allocator, Count);
            var target = values.Span;
            for (var i = 0; i < Count; i++)
            {
                var word = Rows[(i * Words) + Field.Word] >> Field.Shift;
                target[i] = Unsafe.SizeOf<T>() switch
                {
                    1 => Unsafe.BitCast<byte, T>((byte)word),
                    2 => Unsafe.BitCast<ushort, T>((ushort)word),
                    4 => Unsafe.BitCast<uint, T>((uint)word),
                    8 => Unsafe.BitCast<ulong, T>(word),
                    _ => Unsafe.BitCast<Int128, T>(new Int128(Rows[(i * Words) + Field.Word + 1], word)),
                };
            }

            return Assemble.Fixed(Field.Type, Count, validity, values);
        }
    }
}
