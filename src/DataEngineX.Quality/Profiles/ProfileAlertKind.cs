namespace DataEngineX.Quality;

/// <summary>What can stand out in a profile.</summary>
public enum ProfileAlertKind
{
    /// <summary>There are no rows.</summary>
    Empty,

    /// <summary>All rows have the same value.</summary>
    Constant,

    /// <summary>Values are missing.</summary>
    Missing,

    /// <summary>No row has a value.</summary>
    AllMissing,

    /// <summary>Many values are zero.</summary>
    Zeros,

    /// <summary>Values are infinite or NaN.</summary>
    Infinite,

    /// <summary>Every value is there once.</summary>
    AllUnique,

    /// <summary>Many distinct texts.</summary>
    HighCardinality,

    /// <summary>A few values have nearly all rows.</summary>
    Imbalance,

    /// <summary>The distribution leans far to one side.</summary>
    Skewed,

    /// <summary>Values are spread evenly, as generated ones are.</summary>
    Uniform,

    /// <summary>Two columns go together.</summary>
    HighCorrelation,

    /// <summary>Rows are there more than once.</summary>
    Duplicates,

    /// <summary>Two texts differ so little that they may be meant as one.</summary>
    DirtyCategories,

    /// <summary>Texts with white space at an end, or of nothing else.</summary>
    WhiteSpace,

    /// <summary>Text that nearly always is of another type.</summary>
    OtherType,

    /// <summary>Times that lie in the future.</summary>
    InTheFuture,
}
