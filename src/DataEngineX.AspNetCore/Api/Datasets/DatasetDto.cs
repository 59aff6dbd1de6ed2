namespace DataEngineX.AspNetCore;

/// <summary>A dataset's newest version.</summary>
internal sealed record DatasetDto(
    string Dataset, long Version, long Rows, IReadOnlyList<ColumnDto> Columns, FreshnessDto Freshness, int Files, long Bytes, IReadOnlyList<string> Pipelines);
