namespace DataEngineX.AotSmoke;

internal sealed record Silver(string? Station, DateOnly Day, double TempC);
