namespace DataEngineX;

/// <summary>The columns by which a table keeps the history of its keys.</summary>
/// <param name="ValidFrom">The time from which a state holds. Rows written have it, or get the time at which the run started.</param>
public sealed record HistoryColumns(string ValidFrom = "valid_from")
{
    /// <summary>The time at which the next state of the key begins; null for the state that holds now. <value>Default: <c>valid_to</c>.</value></summary>
    public string ValidTo { get; init; } = "valid_to";

    /// <summary>Whether the state holds now. <value>Default: <c>is_current</c>.</value></summary>
    public string IsCurrent { get; init; } = "is_current";

    /// <summary>
    /// Whether a state equal to the one before it becomes a row of its own. Then the table is the same in whatever order states arrive; else such a
    /// state leaves no trace, and one that arrives late between the two is taken to hold until the next state that is kept.
    /// <value>Default: false, it is folded into the one before it.</value>
    /// </summary>
    public bool KeepsRepeats { get; init; }
}
