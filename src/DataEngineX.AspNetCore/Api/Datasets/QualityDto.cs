namespace DataEngineX.AspNetCore;

/// <summary>What the gates found in the newest version.</summary>
internal sealed record QualityDto(string Dataset, string? Version, string? RunId, DateTimeOffset? At, IReadOnlyList<VerdictDto> Verdicts);
