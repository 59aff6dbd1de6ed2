namespace DataEngineX;

/// <summary>The state of a run; every run ends in exactly one of the last three.</summary>
public enum RunState
{
    /// <summary>At work.</summary>
    Running,

    /// <summary>Ended as it should.</summary>
    Succeeded,

    /// <summary>Ended with an error; <see cref="RunRecord.Published"/> tells whether rows were published all the same.</summary>
    Failed,

    /// <summary>Ended on request.</summary>
    Cancelled,
}
