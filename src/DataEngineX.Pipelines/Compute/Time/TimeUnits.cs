using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Compute;

/// <summary>How units of the calendar and units of storage relate.</summary>
internal static class TimeUnits
{
    private const long NanosecondsPerDay = 86_400_000_000_000L;

    /// <summary>Whether every such unit is as long as another.</summary>
    public static bool IsFixed(CalendarUnit unit) => unit > CalendarUnit.Month;

    /// <summary>Months in a unit of varying length.</summary>
    public static int Months(CalendarUnit unit) => unit switch
    {
        CalendarUnit.Year => 12,
        CalendarUnit.Quarter => 3,
        CalendarUnit.Month => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "The unit has a fixed length."),
    };

    /// <summary>The length of a fixed unit.</summary>
    public static long Nanoseconds(CalendarUnit unit) => unit switch
    {
        CalendarUnit.Week => 7 * NanosecondsPerDay,
        CalendarUnit.Day => NanosecondsPerDay,
        CalendarUnit.Hour => NanosecondsPerDay / 24,
        CalendarUnit.Minute => NanosecondsPerDay / 1440,
        CalendarUnit.Second => 1_000_000_000L,
        CalendarUnit.Millisecond => 1_000_000L,
        CalendarUnit.Microsecond => 1_000L,
        CalendarUnit.Nanosecond => 1L,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "The unit has no fixed length."),
    };

    public static long Nanoseconds(TimeUnit unit) => NanosecondsPerDay / Calendar.UnitsPerDay(unit);

    /// <summary>The coarsest unit of storage that holds a calendar unit exactly.</summary>
    public static TimeUnit Storage(CalendarUnit unit) => unit switch
    {
        CalendarUnit.Millisecond => TimeUnit.Millisecond,
        CalendarUnit.Microsecond => TimeUnit.Microsecond,
        CalendarUnit.Nanosecond => TimeUnit.Nanosecond,
        _ => TimeUnit.Second,
    };

    public static TimeUnit Finer(TimeUnit left, TimeUnit right) => (TimeUnit)Math.Max((int)left, (int)right);
}
