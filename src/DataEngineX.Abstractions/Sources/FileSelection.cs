namespace DataEngineX;

/// <summary>How many of the files of a source are read when a condition is held against what is known of them beforehand.</summary>
/// <param name="Files">The files there are.</param>
/// <param name="Read">The files that may hold rows which satisfy the condition.</param>
/// <param name="Rows">The rows in those, or null when that is not known.</param>
public sealed record FileSelection(int Files, int Read, long? Rows)
{
    /// <summary>The size of those files in bytes, or null when that is not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Whether the rows are just those that satisfy the condition, no more: statistics tell so of every file. <value>Default: false.</value></summary>
    public bool IsExact { get; init; }
}
