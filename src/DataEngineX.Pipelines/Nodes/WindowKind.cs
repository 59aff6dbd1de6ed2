namespace DataEngineX.Pipelines;

/// <summary>What a window column computes over the rows of its partition, in order.</summary>
public enum WindowKind
{
    /// <summary>The value so many rows before; null where there is none.</summary>
    Lag,

    /// <summary>The mean over this and the rows before.</summary>
    RollingMean,

    /// <summary>The sum over this and the rows before.</summary>
    RollingSum,

    /// <summary>The smallest value of this and the rows before.</summary>
    RollingMin,

    /// <summary>The largest value of this and the rows before.</summary>
    RollingMax,

    /// <summary>The sample standard deviation over this and the rows before.</summary>
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
}
