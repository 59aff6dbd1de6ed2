namespace DataEngineX.Quality;

/// <summary>What is computed over the values of a column; missing values are left out.</summary>
public enum ColumnAggregate
{
    /// <summary>The lowest value; of text, of dates and times too.</summary>
    Min,

    /// <summary>The highest value; of text, of dates and times too.</summary>
    Max,

    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The middle value, exact; of an even number of values the mean of the middle two.</summary>
    Median,

    /// <summary>The sum: exact for integers and decimals; of no values 0.</summary>
    Sum,

    /// <summary>The standard deviation of a sample (n - 1); missing below two values.</summary>
    StandardDeviation,

    /// <summary>The number of different values, exact.</summary>
    DistinctCount,

    /// <summary>The different values divided by all values; of no values 0.</summary>
    DistinctShare,

    /// <summary>The entropy of the values' frequencies, in nats (natural logarithm).</summary>
    Entropy,

    /// <summary>The number of different values by a sketch (HyperLogLog): off by 0.81 % on average, in 16 KiB whatever their number.</summary>
    ApproximateDistinctCount,
}
