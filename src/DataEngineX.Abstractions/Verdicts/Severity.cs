namespace DataEngineX;

/// <summary>How much a failed verdict matters.</summary>
public enum Severity
{
    /// <summary>Worth recording.</summary>
    Info,

    /// <summary>Worth looking at; never stops a run.</summary>
    Warning,

    /// <summary>The default: stops a run at a gate that stops.</summary>
    Error,

    /// <summary>Stops a run at every gate.</summary>
    Critical,
}
