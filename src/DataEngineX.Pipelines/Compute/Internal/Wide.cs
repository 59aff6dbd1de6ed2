
namespace DataEngineX.Compute;

/// <summary>Products of 128-bit numbers and their quotients, without an allocation.</summary>
internal static class Wide
{
    /// <summary>The 256-bit product.</summary>
    public static (UInt128 High, UInt128 Low) Multiply(UInt128 left, UInt128 right)
    {
        var (l1, l0) = ((ulong)(left >> 64), (ulong)left);
        var (r1, r0) = ((ulong)(right >> 64), (ulong)right);
        UInt128 low = Math.BigMul(l0, r0);
        if ((l1 | r1) == 0)
        {
            return (UInt128.Zero, low);
        }

        UInt128 first = Math.BigMul(l1, r0);
        UInt128 second = Math.BigMul(l0, r1);
        UInt128 middle = (low >> 64) + (ulong)first + (ulong)second;
        UInt128 high = Math.BigMul(l1, r1) + (first >> 64) + (second >> 64) + (middle >> 64);
        return (high, (middle << 64) | (ulong)low);
    }

    /// <summary>A 256-bit number divided by a 128-bit one, halves away from zero; false where the quotient takes more than 128 bits.</summary>
    public static bool TryDivide(UInt128 high, UInt128 low, UInt128 divisor, out UInt128 quotient)
    {
        UInt128 rest;
        if (high == 0)
        {
            (quotient, rest) = UInt128.DivRem(low, divisor);
        }
        else if (high >= divisor)
        {
            quotient = 0;
            return false;
        }
        else
        {
            quotient = Divide(high, low, divisor, out rest);
        }

        if (rest >= divisor - rest)
        {
            quotient++;
        }

        return true;
    }

    /// <summary>Long division in digits of 64 bits; the high part is below the divisor.</summary>
    private static UInt128 Divide(UInt128 high, UInt128 low, UInt128 divisor, out UInt128 rest)
    {
        int shift = (int)UInt128.LeadingZeroCount(divisor);
        UInt128 by = divisor << shift;
        UInt128 left = shift == 0 ? high : (high << shift) | (low >> (128 - shift));
        UInt128 right = low << shift;
        ulong first = Digit(ref left, (ulong)(right >> 64), by);
        ulong second = Digit(ref left, (ulong)right, by);
        rest = left >> shift;
        return new UInt128(first, second);
    }

    /// <summary>One digit of the quotient; the divisor's top bit is set, so an estimate from its high half is at most two too large.</summary>
    private static ulong Digit(ref UInt128 rest, ulong next, UInt128 divisor)
    {
        ulong high = (ulong)(divisor >> 64);
        ulong low = (ulong)divisor;
        ulong digit = (ulong)(rest >> 64) >= high ? ulong.MaxValue : (ulong)(rest / high);
        UInt128 over = rest - Math.BigMul(digit, high);
        while (over >> 64 == 0 && Math.BigMul(digit, low) > ((over << 64) | next))
        {
            digit--;
            over += high;
        }

        rest = ((over << 64) | next) - Math.BigMul(digit, low);
        return digit;
    }
}
