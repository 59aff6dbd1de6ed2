namespace DataEngineX;

/// <summary>A run as it was planned, by which it can be told later whether it would still do the same.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="RunKey">The run key: hash of fingerprint, input versions and interval.</param>
/// <param name="Fingerprint">The fingerprint of the pipeline.</param>
/// <param name="Partition">The names of the partitions, or null.</param>
/// <param name="Inputs">The exact input versions.</param>
public sealed record PlannedRun(string Pipeline, string RunKey, string Fingerprint, string? Partition, IReadOnlyList<InputVersion> Inputs);
