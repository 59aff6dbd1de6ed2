using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>A tensor of a request, checked and flattened.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">A known datatype.</param>
/// <param name="Values">As many values as the shape says, in row-major order.</param>
internal sealed record RequestTensor(string Name, string Datatype, IReadOnlyList<JsonElement> Values);
