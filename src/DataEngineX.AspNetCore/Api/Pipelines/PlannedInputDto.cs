namespace DataEngineX.AspNetCore;

/// <summary>A dataset that a run would read.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Position">The version up to which it is read.</param>
/// <param name="Since">The version after which it is read, or null for all of it.</param>
/// <param name="HasData">Whether there is anything between the two.</param>
/// <param name="Rows">Rows expected at most, or null when unknown.</param>
/// <param name="Bytes">Bytes expected at most, or null when unknown.</param>
internal sealed record PlannedInputDto(string Dataset, string Position, string? Since, bool HasData, long? Rows, long? Bytes);
