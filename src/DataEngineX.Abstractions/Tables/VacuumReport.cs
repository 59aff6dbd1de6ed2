namespace DataEngineX;

/// <summary>What a <see cref="TableVacuum"/> removed, or would remove.</summary>
/// <param name="Files">The files, as paths below the table's folder, in order.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="Before">Files that left the table before this time were removed.</param>
public sealed record VacuumReport(IReadOnlyList<string> Files, long Bytes, DateTimeOffset Before);
