namespace DataEngineX.Quality;

/// <summary>What a gate makes of a rule that had nothing to check: no rows, only missing values, or no row its filter lets through.</summary>
public enum NothingToCheck
{
    /// <summary>
    /// The default: the verdict is not-evaluated, and the gate treats it as a failure without rows to set aside: it stops a run for severity
    /// error (but not at <see cref="Gate.Warn"/>) and critical.
    /// </summary>
    NotEvaluated,

    /// <summary>The gate lets it through. The verdict is still not-evaluated, since nothing was checked.</summary>
    Pass,

    /// <summary>The verdict is a failure.</summary>
    Fail,
}
