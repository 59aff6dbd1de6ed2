namespace DataEngineX.AspNetCore;

/// <summary>An error as Open Inference has it.</summary>
internal sealed record InferenceError(string Error);
