using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using Operands = DataEngineX.Compute.ArithmeticLoops.Operands;

namespace DataEngineX.Compute;

/// <summary>Arithmetic on integer and float columns of one type, with the type kept.</summary>
/// <remarks>
/// Null where either side is null. An integer result that does not fit is an error naming the row; integer division and modulo by
/// zero give null; integer division truncates toward zero. Floats follow IEEE 754 (division by zero gives an infinity or NaN).
/// </remarks>
[Experimental("DEX0001")]
public static class Arithmetic
{
    /// <summary>Combines two columns row by row.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="left">The left column, borrowed.</param>
    /// <param name="right">The right column, borrowed; as long as the left one and of its type.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the inputs' type, owned by the caller.</returns>
    /// <exception cref="ArgumentException">Lengths or types differ.</exception>
    /// <exception cref="NotSupportedException">The columns are not numbers.</exception>
    /// <exception cref="OverflowException">An integer result does not fit.</exception>
    public static IArrowArray Apply(ArithmeticOperator operation, IArrowArray left, IArrowArray right, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(operation.ToString(), left.Length, right.Length);
        Guard.SameType(operation.ToString(), left.Data.DataType, right.Data.DataType);
        return Run(new Operands { Operator = operation, LeftData = left.Data, RightData = right.Data }, allocator);
    }

    /// <summary>Combines a column with a literal on the right.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="left">The column, borrowed.</param>
    /// <param name="right">A number that is a value of the column's type, or null, which makes every row null.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The literal is not a value of the column's type.</exception>
    /// <exception cref="NotSupportedException">The column does not hold numbers.</exception>
    /// <exception cref="OverflowException">An integer result does not fit.</exception>
    public static IArrowArray Apply(ArithmeticOperator operation, IArrowArray left, object? right, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(allocator);
        return right switch
        {
            IArrowArray array => Apply(operation, left, array, allocator),
            null => Constants.Nulls(left.Data.DataType, left.Length, allocator),
            _ => Run(new Operands { Operator = operation, LeftData = left.Data, RightData = null, Literal = right }, allocator),
        };
    }

    /// <summary>Combines a literal on the left with a column.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="left">A number that is a value of the column's type, or null, which makes every row null.</param>
    /// <param name="right">The column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The literal is not a value of the column's type.</exception>
    /// <exception cref="NotSupportedException">The column does not hold numbers.</exception>
    /// <exception cref="OverflowException">An integer result does not fit.</exception>
    public static IArrowArray Apply(ArithmeticOperator operation, object? left, IArrowArray right, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(allocator);
        return left switch
        {
            IArrowArray array => Apply(operation, array, right, allocator),
            null => Constants.Nulls(right.Data.DataType, right.Length, allocator),
            _ => Run(new Operands { Operator = operation, LeftData = null, RightData = right.Data, Literal = left }, allocator),
        };
    }

    /// <summary>Negates every number.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The column does not hold numbers.</exception>
    /// <exception cref="OverflowException">The smallest integer, or an unsigned number above zero, has no negative.</exception>
    public static IArrowArray Negate(IArrowArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        return UnaryLoops.Negate(array.Data, allocator);
    }

    /// <summary>The absolute value of every number.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the input's type, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The column does not hold numbers.</exception>
    /// <exception cref="OverflowException">The smallest integer has no absolute value.</exception>
    public static IArrowArray Abs(IArrowArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        return UnaryLoops.Abs(array.Data, allocator);
    }

    private static IArrowArray Run(Operands operands, MemoryAllocator allocator) => operands.Operator switch
    {
        ArithmeticOperator.Add => Run<AddOp>(operands, allocator),
        ArithmeticOperator.Subtract => Run<SubtractOp>(operands, allocator),
        ArithmeticOperator.Multiply => Run<MultiplyOp>(operands, allocator),
        ArithmeticOperator.Divide => Run<DivideOp>(operands, allocator),
        ArithmeticOperator.Modulo => Run<ModuloOp>(operands, allocator),
        _ => throw new ArgumentException($"There is no arithmetic operator {operands.Operator}."),
    };

    private static IArrowArray Run<TOp>(Operands operands, MemoryAllocator allocator)
        where TOp : struct, IIntegerOp, IFloatOp => operands.Type.TypeId switch
        {
            ArrowTypeId.Int8 => ArithmeticLoops.Integers<sbyte, TOp>(operands, allocator),
            ArrowTypeId.Int16 => ArithmeticLoops.Integers<short, TOp>(operands, allocator),
            ArrowTypeId.Int32 => ArithmeticLoops.Integers<int, TOp>(operands, allocator),
            ArrowTypeId.Int64 => ArithmeticLoops.Integers<long, TOp>(operands, allocator),
            ArrowTypeId.UInt8 => ArithmeticLoops.Integers<byte, TOp>(operands, allocator),
            ArrowTypeId.UInt16 => ArithmeticLoops.Integers<ushort, TOp>(operands, allocator),
            ArrowTypeId.UInt32 => ArithmeticLoops.Integers<uint, TOp>(operands, allocator),
            ArrowTypeId.UInt64 => ArithmeticLoops.Integers<ulong, TOp>(operands, allocator),
            ArrowTypeId.HalfFloat => ArithmeticLoops.Floats<Half, TOp>(operands, allocator),
            ArrowTypeId.Float => ArithmeticLoops.Floats<float, TOp>(operands, allocator),
            ArrowTypeId.Double => ArithmeticLoops.Floats<double, TOp>(operands, allocator),
            _ => throw Guard.Unsupported(operands.Operator.ToString(), operands.Type),
        };
}
