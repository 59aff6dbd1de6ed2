namespace DataEngineX.AspNetCore;

/// <summary>Where one column comes from.</summary>
internal sealed record ColumnLineageDto(string Name, IReadOnlyList<OriginDto> From);
