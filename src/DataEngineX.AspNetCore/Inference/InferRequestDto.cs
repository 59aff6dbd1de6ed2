using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>The form of a request to infer, for the OpenAPI document; requests are read by <see cref="InferRequestReader"/>.</summary>
internal sealed record InferRequestDto(string? Id, JsonElement? Parameters, IReadOnlyList<TensorDto> Inputs, IReadOnlyList<OutputChoiceDto>? Outputs);
