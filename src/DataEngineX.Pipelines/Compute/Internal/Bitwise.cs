using System.Numerics;
using System.Numerics.Tensors;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>An operation on the bits of integers.</summary>
internal enum BitOperator
{
    And,
    Or,
    Xor,
    Not,
    ShiftLeft,
    ShiftRight,
}

/// <summary>Works on the bits of integer columns of one type, with the type kept.</summary>
internal static class Bitwise
{
    /// <summary>Combines two columns, or moves one by a number of places.</summary>
    public static IArrowArray Run(BitOperator operation, ArrayData left, ArrayData? right, int places, MemoryAllocator allocator) => left.DataType.TypeId switch
    {
        ArrowTypeId.Int8 => Run<sbyte>(operation, left, right, places, allocator),
        ArrowTypeId.Int16 => Run<short>(operation, left, right, places, allocator),
        ArrowTypeId.Int32 => Run<int>(operation, left, right, places, allocator),
        ArrowTypeId.Int64 => Run<long>(operation, left, right, places, allocator),
        ArrowTypeId.UInt8 => Run<byte>(operation, left, right, places, allocator),
        ArrowTypeId.UInt16 => Run<ushort>(operation, left, right, places, allocator),
        ArrowTypeId.UInt32 => Run<uint>(operation, left, right, places, allocator),
        ArrowTypeId.UInt64 => Run<ulong>(operation, left, right, places, allocator),
        _ => throw Guard.Unsupported(operation.ToString(), left.DataType),
    };

    private static IArrowArray Run<T>(BitOperator operation, ArrayData left, ArrayData? right, int places, MemoryAllocator allocator)
        where T : unmanaged, IBinaryInteger<T>
    {
        using OutputBuffer<ulong>? validity = Validity.And(
            Bits.Validity(left), right is null ? Bits.Ones(left.Length) : Bits.Validity(right), allocator);
        using var values = new OutputBuffer<T>(allocator, left.Length);
        ReadOnlySpan<T> source = Columns.Values<T>(left);
        Span<T> target = values.Span;
        switch (operation)
        {
            case BitOperator.And:
                TensorPrimitives.BitwiseAnd(source, Columns.Values<T>(right!), target);
                break;
            case BitOperator.Or:
                TensorPrimitives.BitwiseOr(source, Columns.Values<T>(right!), target);
                break;
            case BitOperator.Xor:
                TensorPrimitives.Xor(source, Columns.Values<T>(right!), target);
                break;
            case BitOperator.Not:
                TensorPrimitives.OnesComplement(source, target);
                break;
            case BitOperator.ShiftLeft:
                TensorPrimitives.ShiftLeft(source, places, target);
                break;
            default:
                TensorPrimitives.ShiftRightArithmetic(source, places, target);
                break;
        }

        return Assemble.Fixed(left.DataType, left.Length, validity, values);
    }
}
