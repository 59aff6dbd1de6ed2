namespace DataEngineX.AspNetCore;

/// <summary>The row account of a run: read + generated = written + filtered + quarantined.</summary>
internal sealed record RowsDto(long Read, long Written, long Filtered, long Quarantined, long Generated);
