namespace DataEngineX.AspNetCore;

/// <summary>A request to infer, read and checked for form.</summary>
/// <param name="Id">The caller's id, or null.</param>
/// <param name="Inputs">One tensor for each column.</param>
/// <param name="Outputs">The outputs wanted; null for all.</param>
internal sealed record InferRequest(string? Id, IReadOnlyList<RequestTensor> Inputs, IReadOnlyList<string>? Outputs);
