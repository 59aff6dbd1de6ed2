using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>How the face reads and writes JSON, whatever the host does elsewhere.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { MaxDepth = 32, AllowDuplicateProperties = false };

    public static JsonDocumentOptions Documents { get; } = new() { MaxDepth = 32, AllowDuplicateProperties = false };
}
