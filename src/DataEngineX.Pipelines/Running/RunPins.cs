namespace DataEngineX.Pipelines;

/// <summary>What the first attempt of a run has fixed for all others: the versions read, and the partitions computed.</summary>
/// <param name="Scans">What each scan reads.</param>
/// <param name="Partition">The names of the partitions, or null.</param>
internal sealed record RunPins(IReadOnlyList<PinnedScan> Scans, string? Partition);
