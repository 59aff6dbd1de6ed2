namespace DataEngineX;

/// <summary>The row account of a run: read + generated = written + filtered + quarantined.</summary>
public sealed record RunRows
{
    /// <summary>Rows read from all sources, those refused by a reader included.</summary>
    public long Read { get; init; }

    /// <summary>Rows generated: expanded or padded by joins.</summary>
    public long Generated { get; init; }

    /// <summary>Rows that reached the target and stand in it: inserted, updated or unchanged.</summary>
    public long Written { get; init; }

    /// <summary>Rows dropped on purpose: filtered, deduplicated, folded into groups or unmatched.</summary>
    public long Filtered { get; init; }

    /// <summary>Rows set aside by gates and readers.</summary>
    public long Quarantined { get; init; }
}
