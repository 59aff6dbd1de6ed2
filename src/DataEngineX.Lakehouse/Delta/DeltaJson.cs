using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>How log entries are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeltaAction))]
[JsonSerializable(typeof(CommitInfo))]
[JsonSerializable(typeof(LastCheckpoint))]
internal sealed partial class DeltaJson : JsonSerializerContext
{
    /// <summary>Leaves characters such as '+' and '"' short; the log is never put into a page as it is.</summary>
    internal static DeltaJson Log { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
