using System.Globalization;
using System.Numerics;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Reads a value from text.</summary>
internal interface IParseOp<TTo>
{
    bool TryParse(ReadOnlySpan<byte> text, out TTo result);
}

internal readonly struct NumberParse<TTo> : IParseOp<TTo>
    where TTo : unmanaged, INumber<TTo>
{
    public bool TryParse(ReadOnlySpan<byte> text, out TTo result) =>
        TTo.TryParse(text, typeof(TTo) == typeof(double) || typeof(TTo) == typeof(float) || typeof(TTo) == typeof(Half)
            ? NumberStyles.Float
            : NumberStyles.Integer, CultureInfo.InvariantCulture, out result);
}

internal readonly struct DecimalParse(Decimal128Type type) : IParseOp<Int128>
{
    private readonly Int128 _limit = Literals.Power128(type.Precision);
    private readonly int _scale = type.Scale;

    public bool TryParse(ReadOnlySpan<byte> text, out Int128 result)
    {
        ReadOnlySpan<byte> trimmed = text.Trim(" \t"u8);
        int point = trimmed.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? trimmed : trimmed[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? [] : trimmed[(point + 1)..].TrimEnd((byte)'0');
        bool negative = whole.StartsWith("-"u8);
        ReadOnlySpan<byte> digits = negative || whole.StartsWith("+"u8) ? whole[1..] : whole;
        result = 0;
        bool fits = fraction.Length <= _scale && (digits.Length > 0 || (point >= 0 && trimmed.Length > point + 1));
        for (int i = 0; fits && i < digits.Length + _scale; i++)
        {
            int digit = i < digits.Length ? digits[i] - '0'
                : i - digits.Length < fraction.Length ? fraction[i - digits.Length] - '0' : 0;
            result = (result * 10) + digit;
            fits = digit is >= 0 and <= 9 && result < _limit;
        }

        result = negative ? -result : result;
        return fits;
    }
}

internal readonly struct DateParse : IParseOp<int>
{
    public bool TryParse(ReadOnlySpan<byte> text, out int result)
    {
        bool read = IsoText.TryReadDate(text.Trim((byte)' '), out long day, out int length);
        result = (int)day;
        return read && length == text.Trim((byte)' ').Length;
    }
}

internal readonly struct TimestampParse(TimestampType type) : IParseOp<long>
{
    private readonly long _perSecond = Calendar.UnitsPerDay(type.Unit) / 86_400;

    public bool TryParse(ReadOnlySpan<byte> text, out long result) =>
        IsoText.TryReadInstant(text.Trim((byte)' '), _perSecond, out result);
}

/// <summary>Writes a value as text and gives the number of bytes.</summary>
internal interface IFormatOp<TFrom>
{
    int Format(TFrom value, Span<byte> target);
}

internal readonly struct NumberFormat<TFrom> : IFormatOp<TFrom>
    where TFrom : unmanaged, INumber<TFrom>
{
    public int Format(TFrom value, Span<byte> target)
    {
        bool fits = value.TryFormat(target, out int written, default, CultureInfo.InvariantCulture);
        return fits ? written : throw new InvalidOperationException("A number took more bytes than any number can.");
    }
}

internal readonly struct DecimalFormat(Decimal128Type type) : IFormatOp<Int128>
{
    private readonly int _scale = type.Scale;
    private readonly Int128 _power = Literals.Power128(type.Scale);

    public int Format(Int128 value, Span<byte> target)
    {
        int at = 0;
        if (Int128.IsNegative(value))
        {
            target[at++] = (byte)'-';
        }

        (Int128 whole, Int128 rest) = Int128.DivRem(value, _power);
        Int128.Abs(whole).TryFormat(target[at..], out int written, default, CultureInfo.InvariantCulture);
        at += written;
        if (_scale > 0)
        {
            target[at++] = (byte)'.';
            Int128 digits = Int128.Abs(rest);
            for (int i = _scale - 1; i >= 0; i--)
            {
                target[at + i] = (byte)('0' + (int)(digits % 10));
                digits /= 10;
            }

            at += _scale;
        }

        return at;
    }
}

internal readonly struct DateFormat : IFormatOp<int>
{
    public int Format(int value, Span<byte> target) => IsoText.WriteDate(value, target);
}

internal readonly struct TimestampFormat(TimestampType type) : IFormatOp<long>
{
    private readonly long _perSecond = Calendar.UnitsPerDay(type.Unit) / 86_400;
    private readonly bool _zoned = type.IsTimeZoneAware;

    public int Format(long value, Span<byte> target) => IsoText.WriteInstant(value, _perSecond, _zoned, target);
}
