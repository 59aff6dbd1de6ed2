namespace DataEngineX.AspNetCore;

/// <summary>The body of an order to run; it may be left out.</summary>
/// <param name="Partition">The partition or interval; null for everything that is new.</param>
internal sealed record RunOrderDto(string? Partition);
