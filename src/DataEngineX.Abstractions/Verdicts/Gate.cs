namespace DataEngineX;

/// <summary>What a failed verdict does.</summary>
/// <remarks>
/// A verdict of severity info or warning never stops a run, one of severity critical always does. Error stops a run at
/// <see cref="Stop"/>, and at <see cref="Quarantine"/> when the rule has no rows that could be set aside (a row count, say).
/// </remarks>
public enum Gate
{
    /// <summary>Verdicts are recorded; all rows are published.</summary>
    Warn,

    /// <summary>Rows that violate a rule are set aside, all others are published.</summary>
    Quarantine,

    /// <summary>Nothing is published when a verdict of severity error or critical failed.</summary>
    Stop,
}
