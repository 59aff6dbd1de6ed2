namespace DataEngineX.AspNetCore;

/// <summary>What a probe says. Probes are anonymous, so it tells no more than names and states.</summary>
internal sealed record HealthDto(string Status, IReadOnlyDictionary<string, string> Checks);
