using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>One violating row.</summary>
internal sealed record VerdictSampleDto(long Row, string? Value, string? File, long? Line, IReadOnlyDictionary<string, JsonElement> Keys);
