namespace DataEngineX.AspNetCore;

/// <summary>A tensor with its values in row-major order; null stands for a missing value.</summary>
internal sealed record TensorDto(string Name, string Datatype, IReadOnlyList<long> Shape, IReadOnlyList<object?> Data);
