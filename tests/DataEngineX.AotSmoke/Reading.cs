namespace DataEngineX.AotSmoke;

internal sealed record Reading(string? Station, DateOnly Day, double TempF);
