using System.Runtime.CompilerServices;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The proleptic Gregorian calendar on days since 1970-01-01, for the whole range of date32.</summary>
internal static class Calendar
{
    public static long UnitsPerDay(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 86_400L,
        TimeUnit.Millisecond => 86_400_000L,
        TimeUnit.Microsecond => 86_400_000_000L,
        _ => 86_400_000_000_000L,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorDiv(long value, long divisor)
    {
        long quotient = Math.DivRem(value, divisor, out long remainder);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorMod(long value, long divisor)
    {
        long remainder = value % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }

    public static int DaysInMonth(long year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Year, month and day, by 400-year eras that begin on the first of March.</summary>
    public static (long Year, int Month, int Day) Civil(long days)
    {
        long shifted = days + 719_468;
        long era = FloorDiv(shifted, 146_097);
        int dayOfEra = (int)(shifted - (era * 146_097));
        int yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        int dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        int marchMonth = ((5 * dayOfYear) + 2) / 153;
        int day = dayOfYear - (((153 * marchMonth) + 2) / 5) + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    public static long Days(long year, int month, int day)
    {
        long shifted = month <= 2 ? year - 1 : year;
        long era = FloorDiv(shifted, 400);
        int yearOfEra = (int)(shifted - (era * 400));
        int dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        int dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }
}
