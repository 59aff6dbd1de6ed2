namespace DataEngineX.AspNetCore;

/// <summary>A model.</summary>
internal sealed record ModelMetadataDto(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadataDto> Inputs, IReadOnlyList<TensorMetadataDto> Outputs);
