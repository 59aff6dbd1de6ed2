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
}
