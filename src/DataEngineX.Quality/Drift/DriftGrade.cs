namespace DataEngineX.Quality;

/// <summary>How far a column is from its baseline.</summary>
public enum DriftGrade
{
    /// <summary>There are too few values to tell.</summary>
    NotEvaluated,

    /// <summary>It is near.</summary>
    None,

    /// <summary>It may have moved.</summary>
    Possible,

    /// <summary>It has moved.</summary>
    Detected,
}
