using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Compute;

/// <summary>What a <see cref="GroupedAccumulator"/> makes of the values of a group. Nulls are ignored by all but <see cref="CountAll"/>.</summary>
[Experimental("DEX0001")]
public enum AggregateKind
{
    /// <summary>Number of rows; int64.</summary>
    CountAll,

    /// <summary>Number of values; int64.</summary>
    Count,

    /// <summary>Number of distinct values; int64.</summary>
    CountDistinct,

    /// <summary>Sum: int64 of signed integers, uint64 of unsigned ones, double of floats; an integer sum that does not fit is an error.</summary>
    Sum,

    /// <summary>Least value, in the column's type; NaN counts as the greatest.</summary>
    Min,

    /// <summary>Greatest value, in the column's type; NaN counts as the greatest.</summary>
    Max,

    /// <summary>Arithmetic mean; double.</summary>
    Mean,

    /// <summary>Sample variance (divided by one less than the number of values); double, null for fewer than two values.</summary>
    Variance,

    /// <summary>Sample standard deviation; double, null for fewer than two values.</summary>
    StandardDeviation,

    /// <summary>First value in the order of updates, in the column's type.</summary>
    First,

    /// <summary>Last value in the order of updates, in the column's type.</summary>
    Last,
}
