namespace DataEngineX.Expressions;

/// <summary>A unit of the calendar or the clock, for truncating, adding and counting.</summary>
public enum CalendarUnit
{
    /// <summary>A calendar year.</summary>
    Year,

    /// <summary>A quarter of a calendar year.</summary>
    Quarter,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A week; it begins on Monday.</summary>
    Week,

    /// <summary>A day of 24 hours.</summary>
    Day,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A minute.</summary>
    Minute,

    /// <summary>A second.</summary>
    Second,

    /// <summary>A thousandth of a second.</summary>
    Millisecond,

    /// <summary>A millionth of a second.</summary>
    Microsecond,

    /// <summary>A thousand-millionth of a second.</summary>
    Nanosecond,
}
