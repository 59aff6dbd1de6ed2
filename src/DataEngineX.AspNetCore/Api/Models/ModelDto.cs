namespace DataEngineX.AspNetCore;

/// <summary>A model with all its versions, newest first.</summary>
internal sealed record ModelDto(string Name, int? Champion, IReadOnlyList<ModelVersionDto> Versions);
