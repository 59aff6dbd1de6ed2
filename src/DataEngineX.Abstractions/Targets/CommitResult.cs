namespace DataEngineX;

/// <summary>What a commit did. In = inserted + updated + unchanged + deduplicated.</summary>
public sealed record CommitResult
{
    /// <summary>The version of the dataset after the commit.</summary>
    public required string Version { get; init; }

    /// <summary>Rows that were not there before.</summary>
    public long Inserted { get; init; }

    /// <summary>Rows that took the place of others.</summary>
    public long Updated { get; init; }

    /// <summary>Rows that were there already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows of the run that another row of the same run with their key went before.</summary>
    public long Deduplicated { get; init; }

    /// <summary>Rows that were there and are gone, but for those that an update replaced.</summary>
    public long Deleted { get; init; }

    /// <summary>The plans that found and wrote rows, each operator with what it did; empty when none was needed.</summary>
    public string Explain { get; init; } = "";

    /// <summary>True when the run key had been committed already, so that nothing was written.</summary>
    public bool AlreadyDone { get; init; }
}
