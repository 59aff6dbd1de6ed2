using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>Intervals of a calendar by number: counted in UTC from 1970, weeks from Monday.</summary>
/// <param name="Unit">The unit, from years to seconds.</param>
/// <param name="Count">How many units an interval is long.</param>
internal readonly record struct CalendarBuckets(CalendarUnit Unit, int Count)
{
    /// <summary>The same intervals, once it is known that there are such.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The unit is shorter than a second, or the count not positive.</exception>
    public CalendarBuckets Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1, nameof(Count));
        return Unit <= CalendarUnit.Second
            ? this
            : throw new ArgumentOutOfRangeException(nameof(Unit), Unit, "Intervals are years, quarters, months, weeks, days, hours, minutes or seconds.");
    }

    /// <summary>How many ticks of .NET a stored time is, or when negative how many stored units a tick is; null for what is no date or timestamp.</summary>
    public static long? TicksOf(IArrowType type) => type switch
    {
        Date32Type => TimeSpan.TicksPerDay,
        Date64Type => TimeSpan.TicksPerMillisecond,
        TimestampType { Unit: TimeUnit.Second } => TimeSpan.TicksPerSecond,
        TimestampType { Unit: TimeUnit.Millisecond } => TimeSpan.TicksPerMillisecond,
        TimestampType { Unit: TimeUnit.Microsecond } => TimeSpan.TicksPerMicrosecond,
        TimestampType => -100,
        _ => null,
    };

    /// <summary>The number of the interval a stored time is in.</summary>
    /// <param name="stored">The time.</param>
    /// <param name="ticks">What <see cref="TicksOf"/> says of its type.</param>
    public long Of(long stored, long ticks)
    {
        var since = ticks > 0 ? checked(stored * ticks) : FloorDivide(stored, -ticks);
        if (Unit > CalendarUnit.Month)
            // 1970 began on a Thursday.
            return FloorDivide(Unit == CalendarUnit.Week ? since + (3 * TimeSpan.TicksPerDay) : since, Count * TicksOfUnit);
        var time = new DateTime(since + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);
        return FloorDivide(((time.Year - 1970) * 12) + time.Month - 1, Count * MonthsOfUnit);
    }

    /// <summary>The first instant of an interval.</summary>
    public DateTime StartOf(long bucket) => Unit <= CalendarUnit.Month
        ? DateTime.UnixEpoch.AddMonths((int)(bucket * Count * MonthsOfUnit))
        : DateTime.UnixEpoch.AddTicks((bucket * Count * TicksOfUnit) - (Unit == CalendarUnit.Week ? 3 * TimeSpan.TicksPerDay : 0));

    private int MonthsOfUnit => Unit == CalendarUnit.Month ? 1 : Unit == CalendarUnit.Quarter ? 3 : 12;

    private long TicksOfUnit => Unit switch
    {
        CalendarUnit.Week => 7 * TimeSpan.TicksPerDay,
        CalendarUnit.Day => TimeSpan.TicksPerDay,
        CalendarUnit.Hour => TimeSpan.TicksPerHour,
        CalendarUnit.Minute => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerSecond,
    };

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : ((value + 1) / by) - 1;
}
