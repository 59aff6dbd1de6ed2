using System.Globalization;
using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>A rational number: what a literal is before it meets the storage of a column, so that no bound is rounded.</summary>
internal readonly struct ExactNumber
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    public ExactNumber(BigInteger numerator, BigInteger denominator)
    {
        _numerator = numerator;
        _denominator = denominator;
    }

    public bool IsInteger => (_numerator % _denominator).IsZero;

    public BigInteger Floor
    {
        get
        {
            var quotient = BigInteger.DivRem(_numerator, _denominator, out var remainder);
            return remainder.Sign < 0 ? quotient - 1 : quotient;
        }
    }

    public BigInteger Ceiling => IsInteger ? Floor : Floor + 1;

    public int CompareTo(ExactNumber other) => (_numerator * other._denominator).CompareTo(other._numerator * _denominator);

    public ExactNumber Times(BigInteger numerator, BigInteger denominator) => new(_numerator * numerator, _denominator * denominator);

    /// <summary>The number as written: a double stands for its shortest decimal form, so 0.1 is a tenth.</summary>
    /// <returns>False for what is no finite number.</returns>
    public static bool TryRead(object value, out ExactNumber number)
    {
        number = new ExactNumber(BigInteger.Zero, BigInteger.One);
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                number = new ExactNumber(BigInteger.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture), BigInteger.One);
                return true;
            case double d:
                return double.IsFinite(d) && TryParse(d.ToString("R", CultureInfo.InvariantCulture), out number);
            case float f:
                return float.IsFinite(f) && TryParse(f.ToString("R", CultureInfo.InvariantCulture), out number);
            case Half h:
                return Half.IsFinite(h) && TryParse(h.ToString("R", CultureInfo.InvariantCulture), out number);
            case decimal m:
                return TryParse(m.ToString(CultureInfo.InvariantCulture), out number);
            default:
                return false;
        }
    }

    /// <summary>One spelling for equal numbers of any CLR type: no trailing zeros, an exponent only where digits would not end.</summary>
    public static string Canonical(object value)
    {
        return TryRead(value, out var number) ? Canonical(number) : throw new ArgumentException($"'{value}' is not a finite number.", nameof(value));
    }

    /// <summary>The decimal spelling of a number whose denominator is a power of ten.</summary>
    public static string Canonical(ExactNumber number)
    {
        var digits = number._numerator;
        var exponent = 0;
        for (var d = number._denominator; d > BigInteger.One; d /= 10)
            exponent--;
        while (!digits.IsZero && (digits % 10).IsZero)
        {
            digits /= 10;
            exponent++;
        }

        if (digits.IsZero)
            return "0";
        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture);
        var sign = digits.Sign < 0 ? "-" : "";
        return exponent switch
        {
            >= 0 and <= 20 => sign + text + new string('0', exponent),
            < 0 and >= -20 => sign + Point(text, -exponent),
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{text}E{exponent}"),
        };
    }

    private static string Point(string digits, int decimals)
    {
        var padded = digits.PadLeft(decimals + 1, '0');
        return $"{padded[..^decimals]}.{padded[^decimals..]}";
    }

    private static bool TryParse(string text, out ExactNumber number)
    {
        var mantissa = text;
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            mantissa = text[..e];
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var digits = BigInteger.Parse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        number = exponent >= 0
            ? new ExactNumber(digits * BigInteger.Pow(10, exponent), BigInteger.One)
            : new ExactNumber(digits, BigInteger.Pow(10, -exponent));
        return true;
    }
}
