using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Compute;

/// <summary>What a date or timestamp is truncated to.</summary>
[Experimental("DEX0001")]
public enum TruncationUnit
{
    /// <summary>The start of the hour.</summary>
    Hour,

    /// <summary>Midnight.</summary>
    Day,

    /// <summary>The first day of the month.</summary>
    Month,

    /// <summary>The first day of the year.</summary>
    Year,
}
