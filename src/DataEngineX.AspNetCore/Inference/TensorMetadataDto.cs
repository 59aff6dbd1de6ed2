namespace DataEngineX.AspNetCore;

/// <summary>A tensor a model takes or gives.</summary>
internal sealed record TensorMetadataDto(string Name, string Datatype, IReadOnlyList<long> Shape);
