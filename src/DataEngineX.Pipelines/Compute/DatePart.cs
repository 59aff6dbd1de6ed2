using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Compute;

/// <summary>A part of a date or timestamp.</summary>
[Experimental("DEX0001")]
public enum DatePart
{
    /// <summary>The year.</summary>
    Year,

    /// <summary>The month, 1 to 12.</summary>
    Month,

    /// <summary>The day of the month, 1 to 31.</summary>
    Day,

    /// <summary>The day of the year, 1 to 366.</summary>
    DayOfYear,

    /// <summary>The day of the week as <see cref="System.DayOfWeek"/> has it: Sunday 0 to Saturday 6.</summary>
    DayOfWeek,

    /// <summary>The hour, 0 to 23; 0 of a date.</summary>
    Hour,

    /// <summary>The minute, 0 to 59; 0 of a date.</summary>
    Minute,

    /// <summary>The second, 0 to 59; 0 of a date.</summary>
    Second,
}
