namespace DataEngineX.Compute;

/// <summary>What a text says of a moment.</summary>
internal struct ClockFields
{
    public int Year;
    public int Month;
    public int Day;

    /// <summary>Sunday 0; -1 where the text does not say it.</summary>
    public int DayOfWeek;
    public int Hour;

    /// <summary>0 before noon, 1 after; -1 where the text does not say it.</summary>
    public int HalfDay;
    public int Minute;
    public int Second;
    public int Nanosecond;

    /// <summary>Seconds east of UTC.</summary>
    public int Offset;

    /// <summary>Days since 1970-01-01.</summary>
    public readonly long Days => Calendar.Days(Year, Month, Day);

    public readonly int SecondOfDay => (Hour * 3600) + (Minute * 60) + Second;

    /// <summary>Whether the fields are a moment; an hour of half a day becomes one of the day.</summary>
    public bool Complete()
    {
        bool valid = IsDate(Year, Month, Day) && IsTime(Hour, Minute, Second) && (HalfDay < 0 || Hour < 12);
        Hour += HalfDay == 1 ? 12 : 0;
        return valid && (DayOfWeek < 0 || DayOfWeek == DayOfWeekPart.Of(Days));
    }

    public static bool IsDate(long year, long month, long day) => year is >= 1 and <= 9999 && month is >= 1 and <= 12
        && day >= 1 && day <= Calendar.DaysInMonth(year, (int)month);

    public static bool IsTime(long hour, long minute, long second) => hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59;
}
