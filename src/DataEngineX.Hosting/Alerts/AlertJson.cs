using System.Text.Json.Serialization;

namespace DataEngineX.Hosting.Alerts;

/// <summary>How alerts are written, to the store and to the receiver.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertState))]
[JsonSerializable(typeof(AlertMessage))]
internal sealed partial class AlertJson : JsonSerializerContext;
