namespace DataEngineX.Quality;

/// <summary>How values follow each other in the order of the rows, nulls left out.</summary>
public enum ColumnOrder
{
    /// <summary>Some go up, others down; or there are less than two values.</summary>
    None,

    /// <summary>Each value is at least the one before, and not all are equal.</summary>
    Increasing,

    /// <summary>Each value is above the one before.</summary>
    StrictlyIncreasing,

    /// <summary>Each value is at most the one before, and not all are equal.</summary>
    Decreasing,

    /// <summary>Each value is below the one before.</summary>
    StrictlyDecreasing,
}
