using System.Text.Json.Serialization;

namespace DataEngineX.AspNetCore;

/// <summary>The scores.</summary>
internal sealed record InferResponseDto(
    [property: JsonPropertyName("model_name")] string ModelName,
    [property: JsonPropertyName("model_version")] string ModelVersion,
    string Id,
    IReadOnlyList<TensorDto> Outputs);
