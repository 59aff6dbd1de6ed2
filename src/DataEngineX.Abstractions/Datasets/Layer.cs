namespace DataEngineX;

/// <summary>Where a table stands between what was received and what is used.</summary>
public enum Layer
{
    /// <summary>As received: content-addressed objects and a manifest table of path, digest, size and time.</summary>
    Raw,

    /// <summary>Typed, append-only.</summary>
    Bronze,

    /// <summary>Clean, keyed, deduplicated.</summary>
    Silver,

    /// <summary>Shaped for one use.</summary>
    Gold,

    /// <summary>Rows set aside by gates and readers, one table for each pipeline.</summary>
    Quarantine,
}
