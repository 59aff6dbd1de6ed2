namespace DataEngineX;

/// <summary>The full verdicts and lineage of a dataset's newest version.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Version">The version.</param>
/// <param name="RunId">The run that published it.</param>
/// <param name="At">When.</param>
/// <param name="Verdicts">The verdicts.</param>
/// <param name="Lineage">The lineage.</param>
public sealed record DatasetEvidence(
    DatasetId Dataset, string Version, string RunId, DateTimeOffset At, IReadOnlyList<Verdict> Verdicts, DatasetLineage? Lineage);
