namespace DataEngineX.AspNetCore;

/// <summary>A common value and its rows; where values are too many to be counted one by one, the most it can be.</summary>
internal sealed record ProfileValueDto(string Value, long Count);
