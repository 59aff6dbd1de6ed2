using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>Differences of large sums, taken in whole numbers so that nothing cancels.</summary>
internal static class ExactSums
{
    /// <summary>The lowest power of two a double holds.</summary>
    private const int Lowest = -1074;

    /// <summary>The sum of products of distances from the means: Σxy - Σx Σy / n.</summary>
    public static double Spread(long count, LongDouble first, LongDouble second, LongDouble products)
    {
        if (!IsFinite(first) || !IsFinite(second))
            return double.NaN;
        if (!IsFinite(products))
            return double.PositiveInfinity;
        // All sums as whole multiples of 2^-1074, products of sums as such of 2^-2148.
        var whole = (Whole(products) * count << -Lowest) - (Whole(first) * Whole(second));
        return Divide(whole, count, 2 * Lowest);
    }

    private static bool IsFinite(LongDouble value) => double.IsFinite(value.High) && double.IsFinite(value.Low);

    private static BigInteger Whole(LongDouble value) => Whole(value.High) + Whole(value.Low);

    private static BigInteger Whole(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var digits = bits & 0xFFFFFFFFFFFFF;
        BigInteger whole = exponent == 0 ? digits : (new BigInteger(digits | (1L << 52)) << (exponent - 1));
        return value < 0 ? -whole : whole;
    }

    /// <summary>A fraction times a power of two as the nearest double.</summary>
    private static double Divide(BigInteger numerator, long denominator, int exponent)
    {
        if (numerator.IsZero)
            return 0;
        var isNegative = numerator.Sign < 0;
        numerator = BigInteger.Abs(numerator);
        // 64 digits of the quotient and a last one that says whether there is more behind them round as the fraction does.
        var shift = (int)(64 - (numerator.GetBitLength() - new BigInteger(denominator).GetBitLength()));
        var quotient = BigInteger.DivRem(shift >= 0 ? numerator << shift : numerator, shift >= 0 ? denominator : (BigInteger)denominator << -shift, out var rest);
        while (quotient.GetBitLength() > 64)
        {
            rest |= quotient & 1;
            quotient >>= 1;
            shift--;
        }

        var value = Math.ScaleB((double)((ulong)quotient | (rest.IsZero ? 0UL : 1UL)), exponent - shift);
        return isNegative ? -value : value;
    }
}
