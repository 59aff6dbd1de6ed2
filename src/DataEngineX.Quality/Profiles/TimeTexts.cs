using System.Globalization;
using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>Stored times and decimals as text. What a calendar of .NET does not reach stays a number.</summary>
internal static class TimeTexts
{
    public static string Date(long days) => days is < -719_162 or > 2_932_896
        ? days.ToString(CultureInfo.InvariantCulture)
        : DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(long value, long perSecond, bool hasZone)
    {
        var seconds = Math.DivRem(value, perSecond, out var fraction);
        if (fraction < 0)
            (seconds, fraction) = (seconds - 1, fraction + perSecond);
        return seconds is < -62_135_596_800 or > 253_402_300_799
            ? value.ToString(CultureInfo.InvariantCulture)
            : DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
                + Fraction(fraction, perSecond) + (hasZone ? "Z" : "");
    }

    public static string Clock(long value, long perSecond)
    {
        var seconds = Math.DivRem(value, perSecond, out var fraction);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}") + Fraction(fraction, perSecond);
    }

    public static string Duration(long value, long perSecond)
    {
        var absolute = UInt128.CreateTruncating(Int128.Abs(value));
        return string.Create(CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}PT{absolute / (ulong)perSecond}")
            + Fraction((long)(absolute % (ulong)perSecond), perSecond) + "S";
    }

    public static string Decimal(long unscaled, int scale)
    {
        if (scale <= 0)
            return (unscaled * BigInteger.Pow(10, -scale)).ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static string Fraction(long value, long perSecond) => value == 0
        ? ""
        : "." + value.ToString(CultureInfo.InvariantCulture).PadLeft(perSecond == 1_000 ? 3 : perSecond == 1_000_000 ? 6 : 9, '0');
}
