namespace DataEngineX;

/// <summary>A removal of the files of a table that no version within the retention needs.</summary>
public sealed record TableVacuum
{
    /// <summary>How long a file stays after the commit that removed it, or, when no commit knows it, after it was written.
    /// <value>Default: null, what the table says (<c>delta.deletedFileRetentionDuration</c>, 7 days without).</value></summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Whether <see cref="Retention"/> may be shorter than the table says. Readers of older versions then fail, and so may runs that are at work.
    /// <value>Default: false, such a request is refused.</value></summary>
    public bool AllowShorter { get; init; }

    /// <summary>Whether to tell only what would be removed. <value>Default: false.</value></summary>
    public bool DryRun { get; init; }
}
