using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Writes the encoded keys of rows.</summary>
internal static class SortEncoder
{
    /// <summary>Sets the key bits of as many elements as there are rows; the lowest 32 bits become <paramref name="firstRow"/> and those after it.</summary>
    public static void Encode(SortLayout layout, IReadOnlyList<ArrayData> keys, Span<SortElement> target, uint firstRow)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = new SortElement(0, firstRow + (uint)i);
        }

        for (int k = 0; k < layout.Fields.Length; k++)
        {
            Add(layout.Fields[k], keys[k], target);
        }
    }

    private static void Add(in SortField field, ArrayData data, Span<SortElement> target)
    {
        if (data.DataType.TypeId == Apache.Arrow.Types.ArrowTypeId.Dictionary)
        {
            AddDictionary(field, data, target);
            return;
        }

        Bits validity = Bits.Validity(data);
        if (field.NullShift >= 0)
        {
            AddNulls(field, validity, target);
        }

        if (field.Bits == 0 && field.LengthShift < 0)
        {
            return;
        }

        switch (PhysicalTypes.Of(data.DataType))
        {
            case Physical.Null:
                break;
            case Physical.Bit:
                AddBits(field, Bits.Values(data), validity, target);
                break;
            case Physical.Variable:
                AddBytes(field, new BytesColumn(data), target);
                break;
            default:
                PhysicalTypes.Dispatch<FixedAction, bool>(nameof(Sorting), data.DataType, new FixedAction { Field = field, Data = data, Target = target });
                break;
        }
    }

    /// <summary>The values of a dictionary are encoded once, and each row takes what its value has.</summary>
    private static void AddDictionary(in SortField field, ArrayData data, Span<SortElement> target)
    {
        ArrayData dictionary = data.Dictionary;
        using var rented = new Rented<SortElement>(dictionary.Length);
        Span<SortElement> values = rented.Span;
        values.Clear();
        Add(field, dictionary, values);
        UInt128 missing = field.NullShift >= 0 && !field.NullsFirst ? UInt128.One << field.NullShift : UInt128.Zero;
        using var indexRoom = new Rented<int>(data.Length);
        Span<int> indices = indexRoom.Span;
        DictionaryIndices.Read(data, indices);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = indices[i] >= 0 ? Or(target[i], values[indices[i]].High, values[indices[i]].Low) : Or(target[i], missing);
        }
    }

    private static void AddNulls(in SortField field, Bits validity, Span<SortElement> target)
    {
        UInt128 bit = UInt128.One << field.NullShift;
        ulong high = (ulong)(bit >> 64);
        ulong low = (ulong)bit;
        bool ofValue = field.NullsFirst;
        for (int i = 0; i < target.Length; i++)
        {
            if (validity[i] == ofValue)
            {
                target[i] = Or(target[i], high, low);
            }
        }
    }

    private static void AddBits(in SortField field, Bits values, Bits validity, Span<SortElement> target)
    {
        UInt128 bit = UInt128.One << field.Shift;
        for (int i = 0; i < target.Length; i++)
        {
            if (validity[i] && values[i] != field.Descending)
            {
                target[i] = Or(target[i], bit);
            }
        }
    }

    private static void AddBytes(in SortField field, BytesColumn column, Span<SortElement> target)
    {
        ReadOnlySpan<int> offsets = column.Offsets;
        ReadOnlySpan<byte> bytes = column.Bytes;
        Bits validity = column.Validity;
        bool allSet = validity.AllSet;
        int skipped = field.SkippedBytes;
        int rest = 128 - field.Bits;
        int shift = field.Shift;
        UInt128 flip = field.Descending ? UInt128.MaxValue : UInt128.Zero;
        for (int i = 0; i < target.Length; i++)
        {
            if (!allSet && !validity[i])
            {
                continue;
            }

            int start = offsets[i] + skipped;
            int length = offsets[i + 1] - start;
            if (field.Bits > 0)
            {
                UInt128 value = Leading(bytes, start, length) ^ flip;
                target[i] = Or(target[i], (value >> rest) << shift);
            }

            if (field.LengthShift >= 0)
            {
                int beyond = field.Descending ? field.LengthBase - length - skipped : length + skipped - field.LengthBase;
                target[i] = Or(target[i], (UInt128)(uint)beyond << field.LengthShift);
            }
        }
    }

    /// <summary>The first 16 bytes as a big-endian number; zero where there are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt128 Leading(ReadOnlySpan<byte> bytes, int start, int length)
    {
        if (bytes.Length - start >= 16)
        {
            // What follows the value in the buffer is read along, then cut off.
            ReadOnlySpan<byte> from = bytes[start..];
            ulong high = BinaryPrimitives.ReadUInt64BigEndian(from);
            ulong low = BinaryPrimitives.ReadUInt64BigEndian(from[8..]);
            return length >= 16 ? new UInt128(high, low)
                : length > 8 ? new UInt128(high, low & (ulong.MaxValue << (128 - (8 * length))))
                : new UInt128(length == 8 ? high : length == 0 ? 0 : high & (ulong.MaxValue << (64 - (8 * length))), 0);
        }

        UInt128 value = 0;
        for (int i = 0; i < Math.Min(length, 16); i++)
        {
            value |= (UInt128)bytes[start + i] << (120 - (8 * i));
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SortElement Or(in SortElement element, ulong high, ulong low) => new(element.High | high, element.Low | low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SortElement Or(in SortElement element, UInt128 bits) => Or(element, (ulong)(bits >> 64), (ulong)bits);

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required SortField Field;
        public required ArrayData Data;
        public required Span<SortElement> Target;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> values = Columns.Values<T>(Data);
            Bits validity = Bits.Validity(Data);
            if (typeof(T) == typeof(Int128))
            {
                Wide(values, validity);
                return true;
            }

            bool allSet = validity.AllSet;
            bool descending = Field.Descending;
            ulong from = (ulong)Field.Base;
            int dropped = Field.Dropped;
            int shift = Field.Shift;
            Span<SortElement> target = Target;
            for (int i = 0; i < values.Length; i++)
            {
                if (!allSet && !validity[i])
                {
                    continue;
                }

                ulong key = OrderedBits.Of(values[i]);
                ulong value = (descending ? from - key : key - from) >> dropped;
                // Halves are written apart: a shift of 128 bits costs several times as much.
                target[i] = shift >= 64
                    ? Or(target[i], value << (shift - 64), 0)
                    : Or(target[i], (value >> 1) >> (63 - shift), value << shift);
            }

            return true;
        }

        private readonly void Wide<T>(ReadOnlySpan<T> values, Bits validity)
            where T : unmanaged, INumber<T>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (validity[i])
                {
                    UInt128 key = OrderedBits.Wide(Int128.CreateTruncating(values[i]));
                    Target[i] = Or(Target[i], ((Field.Descending ? Field.Base - key : key - Field.Base) >> Field.Dropped) << Field.Shift);
                }
            }
        }
    }
}
