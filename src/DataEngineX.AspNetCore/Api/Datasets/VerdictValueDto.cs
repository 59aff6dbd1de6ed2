namespace DataEngineX.AspNetCore;

/// <summary>A value that does not hold, and in how many rows.</summary>
internal sealed record VerdictValueDto(string? Value, long Count);
