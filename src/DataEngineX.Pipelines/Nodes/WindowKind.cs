namespace DataEngineX.Pipelines;

/// <summary>What a window column computes over the rows of its partition, in order.</summary>
public enum WindowKind
{
    /// <summary>The value so many rows before; null where there is none.</summary>
    Lag,

    /// <summary>The mean over the frame.</summary>
    RollingMean,

    /// <summary>The sum over the frame, exact of integers and decimals.</summary>
    RollingSum,

    /// <summary>The smallest value of the frame.</summary>
    RollingMin,

    /// <summary>The largest value of the frame.</summary>
    RollingMax,

    /// <summary>The sample standard deviation over the frame; null of fewer than two values.</summary>
    RollingStandardDeviation,

    /// <summary>The number of the row in its partition, from 1.</summary>
    RowNumber,

    /// <summary>The number of the first row with the same order keys: equal rows share it, and as many numbers are left out.</summary>
    Rank,

    /// <summary>One more than the number of different order keys before.</summary>
    DenseRank,

    /// <summary>The rank from 0 to 1: rank less one by rows less one; 0 in a partition of one row.</summary>
    PercentRank,

    /// <summary>The number, from 1, of the one of so many tiles of nearly equal size that the row is in; the first tiles are the larger ones.</summary>
    Tile,

    /// <summary>The value so many rows after; null where there is none.</summary>
    Lead,

    /// <summary>The value of the partition's first row.</summary>
    First,

    /// <summary>The value of the partition's last row.</summary>
    Last,

    /// <summary>The sum of the values up to this row; null before the first.</summary>
    RunningSum,

    /// <summary>The mean of the values up to this row; null before the first.</summary>
    RunningMean,

    /// <summary>The number of values up to this row that are not null.</summary>
    RunningCount,

    /// <summary>The smallest value up to this row; null before the first.</summary>
    RunningMin,

    /// <summary>The largest value up to this row; null before the first.</summary>
    RunningMax,

    /// <summary>The sample variance of the values up to this row; null before the second.</summary>
    RunningVariance,

    /// <summary>The sample standard deviation of the values up to this row; null before the second.</summary>
    RunningStandardDeviation,

    /// <summary>The number of values of the frame that are not null.</summary>
    RollingCount,

    /// <summary>The sample variance over the frame; null of fewer than two values.</summary>
    RollingVariance,

    /// <summary>The variance over the frame as a whole population.</summary>
    RollingVariancePopulation,

    /// <summary>The standard deviation over the frame as a whole population.</summary>
    RollingStandardDeviationPopulation,

    /// <summary>The value of the frame's first row, null or not.</summary>
    RollingFirst,

    /// <summary>The value of the frame's last row, null or not.</summary>
    RollingLast,

    /// <summary>The value of the frame's n-th row; null in a shorter frame.</summary>
    RollingNth,

    /// <summary>The value of the partition's n-th row; null in a shorter partition.</summary>
    NthValue,

    /// <summary>The share of the partition's rows that stand not after the row or its equals.</summary>
    CumeDist,
}
