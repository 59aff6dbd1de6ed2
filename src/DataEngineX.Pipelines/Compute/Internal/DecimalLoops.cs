using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Arithmetic of decimal columns, with a result type that the caller has chosen; a side of one row stands for every row.</summary>
internal static class DecimalLoops
{
    public static IArrowArray Run(ArithmeticOperator operation, ArrayData left, ArrayData right, int length, Decimal128Type to, MemoryAllocator allocator)
    {
        var (l, r) = ((Decimal128Type)left.DataType, (Decimal128Type)right.DataType);
        return operation switch
        {
            ArithmeticOperator.Add => Run(operation, left, right, length, to, new DecimalAddOp(l, r, to, subtract: false), allocator),
            ArithmeticOperator.Subtract => Run(operation, left, right, length, to, new DecimalAddOp(l, r, to, subtract: true), allocator),
            ArithmeticOperator.Multiply => Run(operation, left, right, length, to, new DecimalMultiplyOp(l, r, to), allocator),
            ArithmeticOperator.Divide => Run(operation, left, right, length, to, new DecimalDivideOp(l, r, to), allocator),
            ArithmeticOperator.Modulo => Run(operation, left, right, length, to, new DecimalModuloOp(l, r, to), allocator),
            _ => throw new ArgumentException($"There is no arithmetic operator {operation}."),
        };
    }

    private static IArrowArray Run<TOp>(
        ArithmeticOperator operation, ArrayData left, ArrayData right, int length, Decimal128Type to, TOp op, MemoryAllocator allocator)
        where TOp : struct, IDecimalOp
    {
        using OutputBuffer<ulong>? known = Validity.And(ValidityOf(left, length), ValidityOf(right, length), allocator);
        OutputBuffer<ulong>? validity = known;
        using var values = new OutputBuffer<Int128>(allocator, length);
        ReadOnlySpan<Int128> l = Columns.Values<Int128>(left);
        ReadOnlySpan<Int128> r = Columns.Values<Int128>(right);
        int leftStep = left.Length == length ? 1 : 0;
        int rightStep = right.Length == length ? 1 : 0;
        Span<Int128> target = values.Span;
        try
        {
            for (int i = 0; i < target.Length; i++)
            {
                IntegerOutcome outcome = op.Invoke(l[i * leftStep], r[i * rightStep], out target[i]);
                if (outcome == IntegerOutcome.Fine || (known is not null && ((known.Span[i >> 6] >> (i & 63)) & 1) == 0))
                {
                    continue;
                }

                if (outcome == IntegerOutcome.Overflow)
                {
                    throw new OverflowException(
                        $"{operation} of {Text(left, l[i * leftStep])} and {Text(right, r[i * rightStep])} in row {i} does not fit {Guard.Name(to)}; "
                        + "cast to fewer digits after the point first.");
                }

                if (validity is null)
                {
                    validity = new OutputBuffer<ulong>(allocator, Bits.WordsFor(length));
                    Validity.CopyTo(Bits.Ones(length), validity.Span);
                }

                Validity.Clear(validity.Span, i);
            }

            return Assemble.Fixed(to, length, validity, values);
        }
        finally
        {
            validity?.Dispose();
        }
    }

    private static Bits ValidityOf(ArrayData side, int length)
    {
        Bits bits = Bits.Validity(side);
        return bits.Length == length ? bits : bits[0] ? Bits.Ones(length) : Bits.Zeros(length);
    }

    private static string Text(ArrayData side, Int128 value)
    {
        Span<byte> text = stackalloc byte[64];
        return System.Text.Encoding.ASCII.GetString(text[..new DecimalFormat((Decimal128Type)side.DataType).Format(value, text)]);
    }
}
