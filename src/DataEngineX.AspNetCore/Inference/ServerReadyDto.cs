namespace DataEngineX.AspNetCore;

/// <summary>Whether the server takes requests.</summary>
internal sealed record ServerReadyDto(bool Ready);
