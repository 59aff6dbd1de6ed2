using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Floating-point numbers, rounded to the nearest. NaN and infinities are what broken instruments write: they are no numbers here.</summary>
internal readonly unsafe struct CsvFloats<T>(CsvNumberFormat format) : ICsvParser<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Whole numbers and powers of ten up to these are exact, so that one division rounds correctly.
    private static readonly ulong MostExact = typeof(T) == typeof(double) ? 1UL << 53 : typeof(T) == typeof(float) ? 1UL << 24 : 1UL << 11;
    private static readonly T[] Powers = [.. Enumerable.Range(0, typeof(T) == typeof(double) ? 17 : typeof(T) == typeof(float) ? 11 : 5).Select(Power)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFast(byte* text, int length, out T value)
    {
        var isNegative = length > 0 && *text == '-';
        var sign = isNegative ? 1 : 0;
        var isDone = CsvDigits.TryFraction(text + sign, length - sign, format.Point, out var digits, out var scale);
        var powers = Powers;
        if (!isDone || digits > MostExact || (uint)scale >= (uint)powers.Length)
        {
            value = default;
            return false;
        }

        var number = T.CreateTruncating((long)digits) / powers[scale];
        value = isNegative ? -number : number;
        return true;
    }

    public bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        if (format.IsPlain)
            return TryPlain(text, out value);
        Span<byte> plain = stackalloc byte[CsvNumberFormat.MostBytes];
        value = default;
        return format.TryPlain(text, plain, out var length) && TryPlain(plain[..length], out value);
    }

    private static bool TryPlain(ReadOnlySpan<byte> text, out T value) =>
        T.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);

    private static T Power(int exponent)
    {
        var power = T.One;
        for (var i = 0; i < exponent; i++)
            power *= T.CreateTruncating(10);
        return power;
    }
}
