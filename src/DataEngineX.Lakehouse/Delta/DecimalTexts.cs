using System.Globalization;
using System.Numerics;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Decimals as texts, from and to whole numbers of units of their last place.</summary>
internal static class DecimalTexts
{
    internal static string Write(Int128 unscaled, int scale)
    {
        var negative = Int128.IsNegative(unscaled);
        var digits = (negative ? -unscaled : unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return negative ? "-" + text : text;
    }

    /// <summary>The number of a text, which may have an exponent; null when it is none, or has more places or digits than the type.</summary>
    internal static Int128? Read(string text, Decimal128Type type) =>
        Read(text, type.Scale) is { } number && BigInteger.Abs(number) < BigInteger.Pow(10, type.Precision) ? number : null;

    /// <summary>The number of a text, which may have an exponent; null when it is none, or has more places or digits than there are.</summary>
    internal static Int128? Read(string text, int scale)
    {
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0;
        if (e >= 0 && !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return null;
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0 && mantissa.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9'))
            return null;
        var digits = dot < 0 ? mantissa : mantissa[..dot] + mantissa[(dot + 1)..];
        var places = (dot < 0 ? 0 : mantissa.Length - dot - 1) - (long)exponent;
        if (digits.Length > 100 || Math.Abs(places) > 100 || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return null;
        for (; places > scale; places--)
        {
            (number, var rest) = BigInteger.DivRem(number, 10);
            if (!rest.IsZero)
                return null;
        }

        number *= BigInteger.Pow(10, (int)(scale - places));
        return number >= (BigInteger)Int128.MinValue && number <= (BigInteger)Int128.MaxValue ? (Int128)number : null;
    }
}
