namespace DataEngineX;

/// <summary>One entry of a table's history.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Operation">What was done, such as <c>append</c>.</param>
/// <param name="RunId">The run, when a pipeline made it.</param>
/// <param name="RowsAdded">Rows in the files added, or null when the log does not tell the rows of one of them.</param>
/// <param name="RowsRemoved">Rows in the files removed, or null when the log does not tell the rows of one of them.</param>
public sealed record TableCommit(long Version, DateTimeOffset Timestamp, string Operation, string? RunId, long? RowsAdded, long? RowsRemoved);
