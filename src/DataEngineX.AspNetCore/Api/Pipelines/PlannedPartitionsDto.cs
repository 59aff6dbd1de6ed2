namespace DataEngineX.AspNetCore;

/// <summary>Partitions that would run.</summary>
/// <param name="Name">Their names.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Reason">Why.</param>
internal sealed record PlannedPartitionsDto(string Name, long Count, string Reason);
