namespace DataEngineX.AspNetCore;

/// <summary>Whether the server works.</summary>
internal sealed record ServerLiveDto(bool Live);
