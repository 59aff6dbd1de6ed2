using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Whole numbers.</summary>
internal readonly unsafe struct CsvIntegers<T>(CsvNumberFormat format) : ICsvParser<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly long Least = long.CreateSaturating(T.MinValue);
    private static readonly long Most = long.CreateSaturating(T.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFast(byte* text, int length, out T value)
    {
        var isNegative = length > 0 && *text == '-';
        var sign = isNegative ? 1 : 0;
        var isDone = CsvDigits.TryWhole(text + sign, length - sign, out var digits);
        var number = isNegative ? -(long)digits : (long)digits;
        value = T.CreateTruncating(number);
        return isDone && number >= Least && number <= Most;
    }

    public bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        if (format.Thousands == CsvDialect.Unused)
            return T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        Span<byte> plain = stackalloc byte[CsvNumberFormat.MostBytes];
        value = default;
        return format.TryPlain(text, plain, out var length)
            && T.TryParse(plain[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
