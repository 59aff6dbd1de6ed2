using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Decimal numbers written as text, exact or not at all.</summary>
internal static class TextDecimals
{
    internal static bool TryParse(ReadOnlySpan<byte> text, Decimal128Type type, out Int128 value)
    {
        value = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        int digits = 0, fraction = -1, seen = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] == '.' && fraction < 0)
            {
                fraction = 0;
                continue;
            }

            if (text[at] is < (byte)'0' or > (byte)'9')
                return false;
            seen++;

            // Zeros beyond the scale change nothing; any other digit there would be lost.
            if (fraction >= type.Scale)
            {
                if (text[at] != '0')
                    return false;
                continue;
            }

            value = (value * 10) + (text[at] - '0');
            digits += value != 0 ? 1 : 0;
            if (fraction >= 0)
                fraction++;
            if (digits > type.Precision)
                return false;
        }

        for (var i = Math.Max(fraction, 0); i < type.Scale; i++)
        {
            value *= 10;
            digits += value != 0 ? 1 : 0;
            if (digits > type.Precision)
                return false;
        }

        value = negative ? -value : value;
        return seen > 0;
    }
}
