namespace DataEngineX.Sources;

/// <summary>Tells new rows from old ones by a column that grows: a number, or the time of the last change.</summary>
/// <param name="Column">The column.</param>
public sealed record DatabaseCursor(string Column)
{
    /// <summary>The first value read; rows before it never are.</summary>
    /// <value>Default: null, from the smallest.</value>
    public object? Start { get; init; }

    /// <summary>The first value not read any more, for a backfill.</summary>
    /// <value>Default: null, no end.</value>
    public object? End { get; init; }

    /// <summary>
    /// How long a row may take to become visible: rows younger than this, by the host's clock, wait for the next run. A row committed late with an
    /// earlier time is read as long as it is not later than this. For columns that hold times.
    /// </summary>
    /// <value>Default: zero.</value>
    public TimeSpan Lag { get; init; }

    /// <summary>How far behind the last position rows are read again, for a target that upserts. For columns that hold times.</summary>
    /// <value>Default: zero, no row is read twice.</value>
    public TimeSpan LookBack { get; init; }

    /// <summary>What becomes of rows that have no value in the column.</summary>
    /// <value>Default: <see cref="NullCursor.Fail"/>.</value>
    public NullCursor Nulls { get; init; }

    /// <summary>
    /// The most rows with the newest value that are remembered, by a hash of 8 bytes of their key, so that another row with that value is seen
    /// later. Of more rows only the number is: should it change, the run fails and says so.
    /// </summary>
    /// <value>Default: 4,000, some 43 KB of cursor; at most that.</value>
    public int MaxTies { get; init; } = 4_000;
}
