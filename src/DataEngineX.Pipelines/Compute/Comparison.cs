using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Compares columns row by row, or with one literal; the result is null where either side is null.</summary>
/// <remarks>
/// Works on bool (false before true), integers, floats, dates, times, timestamps, decimals of one scale, and utf8 and binary by
/// unsigned bytes, which for utf8 is code-point order. Floats follow IEEE 754: every comparison with NaN is false but
/// <see cref="ComparisonOperator.NotEqual"/>, which is true; -0.0 equals 0.0. Timestamps of one unit are compared as instants.
/// Both sides must be of one type: cast first.
/// </remarks>
[Experimental("DEX0001")]
public static class Comparison
{
    /// <summary>Compares two columns.</summary>
    /// <param name="operation">The comparison.</param>
    /// <param name="left">The left column, borrowed.</param>
    /// <param name="right">The right column, borrowed; as long as the left one and of its type.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, null where either side is null; the caller owns it.</returns>
    /// <exception cref="ArgumentException">Lengths or types differ.</exception>
    /// <exception cref="NotSupportedException">The type cannot be compared.</exception>
    public static BooleanArray Compare(ComparisonOperator operation, IArrowArray left, IArrowArray right, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(Comparison), left.Length, right.Length);
        Guard.SameType(nameof(Comparison), left.Data.DataType, right.Data.DataType);
        using OutputBuffer<ulong>? validity = Validity.And(Bits.Validity(left.Data), Bits.Validity(right.Data), allocator);
        return Run(operation, left.Data, right.Data, null, validity, allocator);
    }

    /// <summary>Compares a column with a literal.</summary>
    /// <param name="operation">The comparison.</param>
    /// <param name="left">The column, borrowed.</param>
    /// <param name="right">
    /// A CLR value of the column's type (number, <see cref="string"/>, <see cref="bool"/>, <see cref="DateOnly"/>,
    /// <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="decimal"/>, bytes), or null, which makes every row null.
    /// </param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The literal is not a value of the column's type.</exception>
    /// <exception cref="NotSupportedException">The type cannot be compared.</exception>
    public static BooleanArray Compare(ComparisonOperator operation, IArrowArray left, object? right, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(allocator);
        if (right is IArrowArray array)
        {
            return Compare(operation, left, array, allocator);
        }

        if (right is null)
        {
            return (BooleanArray)Constants.Nulls(Apache.Arrow.Types.BooleanType.Default, left.Length, allocator);
        }

        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(left.Data), allocator);
        return Run(operation, left.Data, null, right, validity, allocator);
    }

    private static BooleanArray Run(
        ComparisonOperator operation,
        ArrayData left,
        ArrayData? right,
        object? scalar,
        OutputBuffer<ulong>? validity,
        MemoryAllocator allocator) => operation switch
        {
            ComparisonOperator.Equal => Run<EqualOp>(left, right, scalar, validity, allocator),
            ComparisonOperator.NotEqual => Run<NotEqualOp>(left, right, scalar, validity, allocator),
            ComparisonOperator.LessThan => Run<LessThanOp>(left, right, scalar, validity, allocator),
            ComparisonOperator.LessThanOrEqual => Run<LessThanOrEqualOp>(left, right, scalar, validity, allocator),
            ComparisonOperator.GreaterThan => Run<GreaterThanOp>(left, right, scalar, validity, allocator),
            ComparisonOperator.GreaterThanOrEqual => Run<GreaterThanOrEqualOp>(left, right, scalar, validity, allocator),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such comparison."),
        };

    private static BooleanArray Run<TOp>(
        ArrayData left, ArrayData? right, object? scalar, OutputBuffer<ulong>? validity, MemoryAllocator allocator)
        where TOp : struct, IComparisonOp
    {
        using OutputBuffer<ulong> values = Validity.Empty(left.Length, allocator);
        Span<ulong> words = values.Span;
        switch (PhysicalTypes.Of(left.DataType))
        {
            case Physical.Null:
                break;
            case Physical.Bit:
                Bits bools = right is not null ? Bits.Values(right)
                    : Literals.Boolean(scalar!, left.DataType) ? Bits.Ones(left.Length) : Bits.Zeros(left.Length);
                ComparisonLoops.Bools<TOp>(Bits.Values(left), bools, words);
                break;
            case Physical.Variable when right is not null:
                ComparisonLoops.Bytes<TOp>(new BytesColumn(left), new BytesColumn(right), words);
                break;
            case Physical.Variable:
                ComparisonLoops.BytesScalar<TOp>(new BytesColumn(left), Literals.Bytes(scalar!, left.DataType), words);
                break;
            default:
                PhysicalTypes.Dispatch<FixedAction<TOp>, bool>(
                    nameof(Comparison),
                    left.DataType,
                    new FixedAction<TOp> { Left = left, Right = right, Literal = scalar, Words = words });
                break;
        }

        return Assemble.Boolean(left.Length, validity, values);
    }

    private ref struct FixedAction<TOp> : IFixedAction<bool>
        where TOp : struct, IComparisonOp
    {
        public required ArrayData Left;
        public required ArrayData? Right;
        public required object? Literal;
        public required Span<ulong> Words;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            if (Right is null)
            {
                T scalar = Literals.Fixed<T>(Literal!, Left.DataType);
                ComparisonLoops.Scalar<T, TOp>(Columns.Values<T>(Left), scalar, Words);
            }
            else
            {
                ComparisonLoops.Arrays<T, TOp>(Columns.Values<T>(Left), Columns.Values<T>(Right), Words);
            }

            return true;
        }
    }
}
