using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Packs the key columns of rows into words.</summary>
internal static class KeyEncoder
{
    /// <summary>The layout that has room for all rows of a batch.</summary>
    public static KeyLayout Fit(KeyLayout layout, IReadOnlyList<IArrowArray> columns)
    {
        var mask = false;
        var isWider = false;
        Span<bool> wide = stackalloc bool[64];
        wide = layout.Fields.Length <= wide.Length ? wide[..layout.Fields.Length] : new bool[layout.Fields.Length];
        for (var c = 0; c < layout.Fields.Length; c++)
        {
            ref readonly var field = ref layout.Fields[c];
            if (field.IsText)
            {
                wide[c] = field.Words == 1 && KeyText.IsWide(columns[c].Data);
                isWider |= wide[c];
            }
            else if (!layout.HasMask)
            {
                mask |= columns[c].NullCount != 0;
            }
        }

        return mask || isWider ? layout.Widen(mask, wide.ToArray()) : layout;
    }

    /// <summary>Packs rows from <paramref name="start"/> on; the layout must have room for them. As many rows as fit the target.</summary>
    public static void Encode(KeyLayout layout, IReadOnlyList<IArrowArray> columns, int start, int count, Span<ulong> rows)
    {
        if (layout.HasMask || layout.Types.Length == 0)
            ClearMasks(layout, rows);
        foreach (var c in layout.WriteOrder)
        {
            ref readonly var field = ref layout.Fields[c];
            var data = columns[c].Data;
            switch (field.Physical)
            {
                case Physical.Null:
                    for (var r = 0; r < count; r++)
                        rows[(r * layout.Words) + field.MaskWord] |= field.MaskBit;
                    break;
                case Physical.Variable:
                    KeyText.Encode(field, data, start, count, rows, layout.Words);
                    break;
                case Physical.Bit:
                    EncodeBits(field, data, start, count, rows, layout.Words);
                    break;
                default:
                    PhysicalTypes.Dispatch<FixedAction, bool>(
                        nameof(GroupIndex),
                        field.Type,
                        new FixedAction { Field = field, Data = data, Start = start, Count = count, Rows = rows, Words = layout.Words });
                    break;
            }
        }
    }

    private static void ClearMasks(KeyLayout layout, Span<ulong> rows)
    {
        if (layout.Types.Length == 0)
        {
            rows.Clear();
            return;
        }

        var first = layout.Fields.Where(f => f.MaskWord >= 0).Min(f => f.MaskWord);
        var last = (layout.Types.Length + 63) / 64 + first;
        for (var word = first; word < last; word++)
        {
            for (var at = word; at < rows.Length; at += layout.Words)
                rows[at] = 0;
        }
    }

    private static void EncodeBits(KeyField field, ArrayData data, int start, int count, Span<ulong> rows, int words)
    {
        var values = Bits.Values(data);
        var validity = Bits.Validity(data);
        for (var i = 0; i < count; i++)
        {
            var at = i * words;
            var has = validity[start + i];
            var value = has && values[start + i] ? 1UL << field.Shift : 0;
            rows[at + field.Word] = field.Shift == 0 ? value : rows[at + field.Word] | value;
            if (!has)
                rows[at + field.MaskWord] |= field.MaskBit;
        }
    }

    /// <summary>The bits of a value as an unsigned word, one zero and one NaN for floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word<T>(T value)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(Half))
        {
            if (value == T.Zero)
                return 0;
            if (T.IsNaN(value))
                value = T.CreateTruncating(double.NaN);
        }

        return Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.BitCast<T, byte>(value),
            2 => Unsafe.BitCast<T, ushort>(value),
            4 => Unsafe.BitCast<T, uint>(value),
            _ => Unsafe.BitCast<T, ulong>(value),
        };
    }

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required KeyField Field;
        public required ArrayData Data;
        public required int Start;
        public required int Count;
        public required Span<ulong> Rows;
        public required int Words;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var source = Columns.Values<T>(Data).Slice(Start, Count);
            var validity = Bits.Validity(Data);
            if (!validity.AllSet)
                EncodeNullable(source, validity);
            else if (typeof(T) == typeof(Int128))
                EncodeWide(MemoryMarshal.Cast<T, ulong>(source));
            else
                EncodeAll(source);
            return true;
        }

        private readonly void EncodeAll<T>(ReadOnlySpan<T> source)
            where T : unmanaged, INumber<T>
        {
            // No bounds checks: the rows have one word at this place for each value of the source.
            ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(Rows), Field.Word);
            var shift = Field.Shift;
            if (shift == 0)
            {
                for (var i = 0; i < source.Length; i++)
                {
                    target = Word(source[i]);
                    target = ref Unsafe.Add(ref target, Words);
                }

                return;
            }

            for (var i = 0; i < source.Length; i++)
            {
                target |= Word(source[i]) << shift;
                target = ref Unsafe.Add(ref target, Words);
            }
        }

        private readonly void EncodeWide(ReadOnlySpan<ulong> source)
        {
            for (var i = 0; i < Count; i++)
            {
                Rows[(i * Words) + Field.Word] = source[2 * i];
                Rows[(i * Words) + Field.Word + 1] = source[(2 * i) + 1];
            }
        }

        private readonly void EncodeNullable<T>(ReadOnlySpan<T> source, Bits validity)
            where T : unmanaged, INumber<T>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var row = Rows.Slice(i * Words, Words);
                var has = validity[Start + i];
                if (!has)
                    row[Field.MaskWord] |= Field.MaskBit;
                if (typeof(T) == typeof(Int128))
                {
                    var wide = has ? Int128.CreateTruncating(source[i]) : Int128.Zero;
                    row[Field.Word] = (ulong)wide;
                    row[Field.Word + 1] = (ulong)(wide >>> 64);
                    continue;
                }

                var value = (has ? Word(source[i]) : 0) << Field.Shift;
                row[Field.Word] = Field.Shift == 0 ? value : row[Field.Word] | value;
            }
        }
    }
}
