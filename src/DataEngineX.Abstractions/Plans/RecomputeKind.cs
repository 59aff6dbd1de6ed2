namespace DataEngineX.Plans;

/// <summary>The kinds of <see cref="RecomputeScope"/>.</summary>
public enum RecomputeKind
{
    /// <summary>Nothing has to be seen again.</summary>
    RowLocal,

    /// <summary>Only this run's rows count, by definition of the operator.</summary>
    ThisRun,

    /// <summary>All rows that share a key with a row that came, changed or went.</summary>
    AffectedKeys,

    /// <summary>The whole input.</summary>
    WholeInput,
}
