namespace DataEngineX.AspNetCore;

/// <summary>A dataset in a list.</summary>
internal sealed record DatasetSummaryDto(string Dataset, string? Layer, string Name, long Version, long? Rows, FreshnessDto Freshness);
