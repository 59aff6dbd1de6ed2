namespace DataEngineX.PublicApi.Tests;

public sealed record Reading(string Station, double Temp);

public sealed record Kelvin(string Station, double Temp, double TempK);

internal static class Readings
{
    public static readonly Reading[] Three = [new("a", 10), new("b", -300), new("a", 20)];
}
