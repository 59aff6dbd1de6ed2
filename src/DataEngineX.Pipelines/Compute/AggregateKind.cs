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

    /// <summary>Sum: int64 of signed integers, uint64 of unsigned ones, double of floats, decimal128(38) of decimals; a sum that does not fit is an error.</summary>
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

    /// <summary>First value in row order, in the column's type.</summary>
    First,

    /// <summary>Last value in row order, in the column's type.</summary>
    Last,

    /// <summary>Variance of the values themselves (divided by their number); double, 0 for one value.</summary>
    VariancePopulation,

    /// <summary>Standard deviation of the values themselves; double, 0 for one value.</summary>
    StandardDeviationPopulation,

    /// <summary>The middle value, halfway between the two middle ones if their number is even; double. NaN counts as the greatest.</summary>
    Median,

    /// <summary>The value below which a given fraction lies, interpolated linearly between neighbours; double. NaN counts as the greatest.</summary>
    Quantile,

    /// <summary>Pearson's correlation of two columns over rows where neither is null; double, null for fewer than two rows or no spread.</summary>
    Correlation,

    /// <summary>The n greatest values, greatest first, as a list; NaN counts as the greatest.</summary>
    Largest,

    /// <summary>The n least values, least first, as a list; NaN counts as the greatest.</summary>
    Smallest,

    /// <summary>Number of distinct values, estimated in bounded memory; int64. The standard error is 2.3 %, less below some hundred values.</summary>
    ApproximateCountDistinct,

    /// <summary>Whether any value is true; bool.</summary>
    Any,

    /// <summary>Whether all values are true; bool.</summary>
    All,
}
