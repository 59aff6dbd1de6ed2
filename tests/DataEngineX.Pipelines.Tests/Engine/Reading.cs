namespace DataEngineX.Pipelines.Tests.Engine;

public sealed record Reading(string? Station, DateOnly Day, double? TempF, int Count);
