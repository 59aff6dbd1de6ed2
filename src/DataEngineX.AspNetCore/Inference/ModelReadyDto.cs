namespace DataEngineX.AspNetCore;

/// <summary>Whether a model takes requests.</summary>
internal sealed record ModelReadyDto(string Name, bool Ready);
