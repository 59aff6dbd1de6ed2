using System.Numerics;
using System.Numerics.Tensors;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The loops of the one-sided arithmetic kernels.</summary>
internal static class UnaryLoops
{
    public static IArrowArray Negate(ArrayData data, MemoryAllocator allocator) => data.DataType.TypeId switch
    {
        ArrowTypeId.HalfFloat => Floats<Half>(data, negate: true, allocator),
        ArrowTypeId.Float => Floats<float>(data, negate: true, allocator),
        ArrowTypeId.Double => Floats<double>(data, negate: true, allocator),
        ArrowTypeId.Int8 => Integers<sbyte>(data, negate: true, allocator),
        ArrowTypeId.Int16 => Integers<short>(data, negate: true, allocator),
        ArrowTypeId.Int32 => Integers<int>(data, negate: true, allocator),
        ArrowTypeId.Int64 => Integers<long>(data, negate: true, allocator),
        ArrowTypeId.UInt8 => Integers<byte>(data, negate: true, allocator),
        ArrowTypeId.UInt16 => Integers<ushort>(data, negate: true, allocator),
        ArrowTypeId.UInt32 => Integers<uint>(data, negate: true, allocator),
        ArrowTypeId.UInt64 => Integers<ulong>(data, negate: true, allocator),
        ArrowTypeId.Decimal128 => Integers<Int128>(data, negate: true, allocator),
        _ => throw Guard.Unsupported(nameof(Negate), data.DataType),
    };

    public static IArrowArray Abs(ArrayData data, MemoryAllocator allocator) => data.DataType.TypeId switch
    {
        ArrowTypeId.HalfFloat => Floats<Half>(data, negate: false, allocator),
        ArrowTypeId.Float => Floats<float>(data, negate: false, allocator),
        ArrowTypeId.Double => Floats<double>(data, negate: false, allocator),
        ArrowTypeId.Int8 => Integers<sbyte>(data, negate: false, allocator),
        ArrowTypeId.Int16 => Integers<short>(data, negate: false, allocator),
        ArrowTypeId.Int32 => Integers<int>(data, negate: false, allocator),
        ArrowTypeId.Int64 => Integers<long>(data, negate: false, allocator),
        ArrowTypeId.UInt8 => Integers<byte>(data, negate: false, allocator),
        ArrowTypeId.UInt16 => Integers<ushort>(data, negate: false, allocator),
        ArrowTypeId.UInt32 => Integers<uint>(data, negate: false, allocator),
        ArrowTypeId.UInt64 => Integers<ulong>(data, negate: false, allocator),
        ArrowTypeId.Decimal128 => Integers<Int128>(data, negate: false, allocator),
        _ => throw Guard.Unsupported(nameof(Abs), data.DataType),
    };

    private static IArrowArray Floats<T>(ArrayData data, bool negate, MemoryAllocator allocator)
        where T : unmanaged, INumber<T>
    {
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
        using var values = new OutputBuffer<T>(allocator, data.Length);
        if (negate)
        {
            TensorPrimitives.Negate(Columns.Values<T>(data), values.Span);
        }
        else
        {
            TensorPrimitives.Abs(Columns.Values<T>(data), values.Span);
        }

        return Assemble.Fixed(data.DataType, data.Length, validity, values);
    }

    private static IArrowArray Integers<T>(ArrayData data, bool negate, MemoryAllocator allocator)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        bool signed = T.IsNegative(T.MinValue);
        Bits valid = Bits.Validity(data);
        using OutputBuffer<ulong>? validity = Validity.Copy(valid, allocator);
        using var values = new OutputBuffer<T>(allocator, data.Length);
        ReadOnlySpan<T> source = Columns.Values<T>(data);
        Span<T> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            T value = source[i];
            bool turn = negate || T.IsNegative(value);
            if (turn && (signed ? value == T.MinValue : !T.IsZero(value)) && valid[i])
            {
                throw new OverflowException(
                    $"{(negate ? nameof(Negate) : nameof(Abs))} of {value} in row {i} does not fit {Guard.Name(data.DataType)}; "
                    + "cast to a wider type first.");
            }

            target[i] = turn ? unchecked(T.Zero - value) : value;
        }

        return Assemble.Fixed(data.DataType, data.Length, validity, values);
    }

    /// <summary>The sign as -1, 0 or 1; 0 for NaN.</summary>
    public static IArrowArray Sign(ArrayData data, MemoryAllocator allocator) =>
        PhysicalTypes.Dispatch<SignAction, IArrowArray>(nameof(Sign), data.DataType, new SignAction { Data = data, Allocator = allocator });

    private struct SignAction : IFixedAction<IArrowArray>
    {
        public required ArrayData Data;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(Data), Allocator);
            using var values = new OutputBuffer<int>(Allocator, Data.Length);
            ReadOnlySpan<T> source = Columns.Values<T>(Data);
            Span<int> target = values.Span;
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (source[i] > T.Zero ? 1 : 0) - (source[i] < T.Zero ? 1 : 0);
            }

            return Assemble.Fixed(Int32Type.Default, Data.Length, validity, values);
        }
    }
}
