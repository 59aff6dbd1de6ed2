using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataEngineX.ML.Internal;

/// <summary>How cards, manifests and alias records are written.</summary>
internal static class MlJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NewLine = "\n",
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new DatasetIdConverter());
        options.Converters.Add(new ArrowSchemaConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class DatasetIdConverter : JsonConverter<DatasetId>
    {
        public override DatasetId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => DatasetId.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, DatasetId value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.ToString());
    }
}
