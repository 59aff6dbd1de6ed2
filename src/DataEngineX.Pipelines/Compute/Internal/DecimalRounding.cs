using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Drops digits after the point of decimals. The result has the room of one more digit before it, so that no value fails but one of 38.</summary>
internal static class DecimalRounding
{
    public static Decimal128Type TypeOf(Decimal128Type from, int digits) =>
        digits >= from.Scale ? from : new Decimal128Type(Math.Min(38, from.Precision - from.Scale + digits + 1), digits);

    public static IArrowArray Run(IArrowArray array, int digits, MidpointRounding mode, MemoryAllocator allocator)
    {
        var from = (Decimal128Type)array.Data.DataType;
        Decimal128Type to = TypeOf(from, digits);
        if (digits >= from.Scale)
        {
            return Assemble.Share(array);
        }

        Int128 unit = Literals.Power128(from.Scale - digits);
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(array.Data), allocator);
        using var values = new OutputBuffer<Int128>(allocator, array.Length);
        ReadOnlySpan<Int128> source = Columns.Values<Int128>(array.Data);
        Span<Int128> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            (Int128 whole, Int128 rest) = Int128.DivRem(source[i], unit);
            target[i] = whole + Step(whole, rest, unit, mode);
        }

        return Assemble.Fixed(to, array.Length, validity, values);
    }

    /// <summary>What is added to the quotient that was cut off towards zero.</summary>
    private static int Step(Int128 whole, Int128 rest, Int128 unit, MidpointRounding mode)
    {
        if (rest == 0)
        {
            return 0;
        }

        int away = Int128.IsNegative(rest) ? -1 : 1;
        Int128 size = Int128.Abs(rest);
        int half = size.CompareTo(unit - size);
        return mode switch
        {
            MidpointRounding.ToNegativeInfinity => away < 0 ? -1 : 0,
            MidpointRounding.ToPositiveInfinity => away > 0 ? 1 : 0,
            MidpointRounding.ToZero => 0,
            MidpointRounding.AwayFromZero => half >= 0 ? away : 0,
            _ => half > 0 || (half == 0 && !Int128.IsEvenInteger(whole)) ? away : 0,
        };
    }
}
