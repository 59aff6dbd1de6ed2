using System.Text.Json.Serialization;

namespace DataEngineX.Hosting.Metadata;

/// <summary>How records are written into the metadata store.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(DatasetIdConverter)])]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(DatasetEvidence))]
[JsonSerializable(typeof(PlannedRun))]
[JsonSerializable(typeof(BackfillRecord))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IReadOnlyList<Verdict>), TypeInfoPropertyName = "Verdicts")]
internal sealed partial class MetadataJson : JsonSerializerContext;
