namespace DataEngineX.Benchmarks.Engine;

/// <summary>The row of the engine benchmarks.</summary>
public sealed record Observation(string Station, int Day, double TempC);
