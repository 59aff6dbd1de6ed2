namespace DataEngineX.AspNetCore;

/// <summary>The promise about a dataset's age.</summary>
internal sealed record FreshnessPolicyDto(string Column, double WithinSeconds);
