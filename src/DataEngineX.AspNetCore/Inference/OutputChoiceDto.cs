namespace DataEngineX.AspNetCore;

/// <summary>An output asked for.</summary>
internal sealed record OutputChoiceDto(string Name);
