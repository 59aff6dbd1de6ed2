namespace DataEngineX.Pipelines;

/// <summary>How far the pairs of a batch have been given out.</summary>
internal struct MatchCursor
{
    /// <summary>The next partner of the row is its first.</summary>
    public const int First = -2;

    public MatchCursor() => Partner = First;

    /// <summary>The row of the streamed batch.</summary>
    public int Row;

    /// <summary>Its next partner, or <see cref="First"/>.</summary>
    public int Partner;
}
