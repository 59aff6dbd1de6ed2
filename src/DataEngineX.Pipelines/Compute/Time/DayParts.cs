namespace DataEngineX.Compute;

/// <summary>A part of a day, given as days since 1970-01-01.</summary>
internal interface IDayPart
{
    static abstract int Of(long day);
}

internal readonly struct YearPart : IDayPart
{
    public static int Of(long day) => (int)Calendar.Civil(day).Year;
}

internal readonly struct QuarterPart : IDayPart
{
    public static int Of(long day) => ((Calendar.Civil(day).Month - 1) / 3) + 1;
}

internal readonly struct MonthPart : IDayPart
{
    public static int Of(long day) => Calendar.Civil(day).Month;
}

internal readonly struct DayPart : IDayPart
{
    public static int Of(long day) => Calendar.Civil(day).Day;
}

internal readonly struct DayOfYearPart : IDayPart
{
    public static int Of(long day) => (int)(day - Calendar.Days(Calendar.Civil(day).Year, 1, 1)) + 1;
}

internal readonly struct DayOfWeekPart : IDayPart
{
    // 1970-01-01 was a Thursday.
    public static int Of(long day) => (int)Calendar.FloorMod(day + 4, 7);
}

internal readonly struct IsoDayOfWeekPart : IDayPart
{
    public static int Of(long day) => (int)Calendar.FloorMod(day + 3, 7) + 1;
}

/// <summary>A week belongs to the year of its Thursday.</summary>
internal readonly struct IsoWeekPart : IDayPart
{
    public static int Of(long day)
    {
        long thursday = day - Calendar.FloorMod(day + 3, 7) + 3;
        return ((DayOfYearPart.Of(thursday) - 1) / 7) + 1;
    }
}

internal readonly struct IsoYearPart : IDayPart
{
    public static int Of(long day) => (int)Calendar.Civil(day - Calendar.FloorMod(day + 3, 7) + 3).Year;
}
