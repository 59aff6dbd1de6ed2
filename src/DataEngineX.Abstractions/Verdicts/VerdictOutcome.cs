namespace DataEngineX;

/// <summary>What a rule found.</summary>
public enum VerdictOutcome
{
    /// <summary>The rule holds.</summary>
    Pass,

    /// <summary>The rule does not hold.</summary>
    Fail,

    /// <summary>The rule could not be evaluated.</summary>
    Error,

    /// <summary>There was nothing to check; not the same as passed.</summary>
    NotEvaluated,
}
