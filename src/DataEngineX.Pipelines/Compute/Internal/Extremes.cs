using System.Numerics;
using System.Numerics.Tensors;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>The greatest or least value of each row among columns of one type. Nulls are passed over; NaN counts as the greatest.</summary>
internal static class Extremes
{
    public static IArrowArray Of(IReadOnlyList<IArrowArray> arrays, bool greatest, MemoryAllocator allocator)
    {
        IArrowArray result = Assemble.Share(arrays[0]);
        try
        {
            for (int i = 1; i < arrays.Count; i++)
            {
                IArrowArray next = Pair(result.Data, arrays[i].Data, greatest, allocator);
                result.Dispose();
                result = next;
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static IArrowArray Pair(ArrayData left, ArrayData right, bool greatest, MemoryAllocator allocator)
    {
        const string kernel = nameof(Extremes);
        Guard.SameLength(kernel, left.Length, right.Length);
        Guard.SameType(kernel, left.DataType, right.DataType);
        switch (PhysicalTypes.Of(left.DataType))
        {
            case Physical.Null:
                return new NullArray(left.Length);
            case Physical.Bit:
                return OfBits(left, right, greatest, allocator);
            case Physical.Variable:
                return OfBytes(kernel, left, right, greatest, allocator);
            default:
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    kernel, left.DataType, new FixedAction { Left = left, Right = right, Greatest = greatest, Allocator = allocator });
        }
    }

    private static BooleanArray OfBits(ArrayData left, ArrayData right, bool greatest, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong> validity = Validity.Empty(left.Length, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(left.Length, allocator);
        Bits l = Bits.Values(left);
        Bits r = Bits.Values(right);
        Bits lv = Bits.Validity(left);
        Bits rv = Bits.Validity(right);
        Span<ulong> valid = validity.Span;
        Span<ulong> target = values.Span;
        for (int w = 0; w < target.Length; w++)
        {
            valid[w] = lv.Word(w) | rv.Word(w);
            target[w] = greatest
                ? (l.Word(w) & lv.Word(w)) | (r.Word(w) & rv.Word(w))
                : (l.Word(w) | ~lv.Word(w)) & (r.Word(w) | ~rv.Word(w)) & valid[w];
        }

        return Assemble.Boolean(left.Length, validity, values);
    }

    private static IArrowArray OfBytes(string kernel, ArrayData left, ArrayData right, bool greatest, MemoryAllocator allocator)
    {
        BytesColumn l = new BytesColumn(left);
        BytesColumn r = new BytesColumn(right);
        Bits lv = l.Validity;
        Bits rv = r.Validity;
        int words = Bits.WordsFor(left.Length);
        using var rented = new Rented<ulong>(2 * words);
        Span<ulong> masks = rented.Span;
        masks.Clear();
        for (int i = 0; i < left.Length; i++)
        {
            bool first = !rv[i] || (lv[i] && (l[i].SequenceCompareTo(r[i]) >= 0) == greatest);
            Validity.Set(first ? masks[..words] : masks[words..], i);
        }

        return Chooser.Merge(kernel, left.Length, masks, [left, right], allocator);
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required ArrayData Left;
        public required ArrayData Right;
        public required bool Greatest;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> left = Columns.Values<T>(Left);
            ReadOnlySpan<T> right = Columns.Values<T>(Right);
            Bits lv = Bits.Validity(Left);
            Bits rv = Bits.Validity(Right);
            using var values = new OutputBuffer<T>(Allocator, left.Length);
            if (lv.AllSet && rv.AllSet)
            {
                if (Greatest)
                {
                    TensorPrimitives.Max(left, right, values.Span);
                }
                else
                {
                    TensorPrimitives.MinNumber(left, right, values.Span);
                }

                return Assemble.Fixed(Left.DataType, left.Length, null, values);
            }

            using OutputBuffer<ulong> validity = Validity.Empty(left.Length, Allocator);
            Span<ulong> words = validity.Span;
            Span<T> target = values.Span;
            for (int i = 0; i < target.Length; i++)
            {
                (bool l, bool r) = (lv[i], rv[i]);
                T best = Greatest ? T.Max(left[i], right[i]) : T.MinNumber(left[i], right[i]);
                target[i] = l && r ? best : l ? left[i] : right[i];
                words[i >> 6] |= (l | r ? 1UL : 0) << (i & 63);
            }

            return Assemble.Fixed(Left.DataType, left.Length, validity, values);
        }
    }
}
