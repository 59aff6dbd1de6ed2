namespace DataEngineX.AspNetCore;

/// <summary>The server.</summary>
internal sealed record ServerMetadataDto(string Name, string Version, IReadOnlyList<string> Extensions);
