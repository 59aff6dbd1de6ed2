namespace DataEngineX.Compute;

/// <summary>A part of a date, time, timestamp or duration.</summary>
internal enum DatePart
{
    Year,
    Quarter,
    Month,
    Day,
    DayOfYear,

    /// <summary>Sunday 0 to Saturday 6.</summary>
    DayOfWeek,

    /// <summary>Monday 1 to Sunday 7.</summary>
    IsoDayOfWeek,
    IsoWeek,
    IsoYear,
    Hour,
    Minute,
    Second,

    /// <summary>Of the second.</summary>
    Millisecond,

    /// <summary>Of the millisecond.</summary>
    Microsecond,

    /// <summary>Of the microsecond.</summary>
    Nanosecond,
}
