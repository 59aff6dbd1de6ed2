using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataEngineX.Hosting.Metadata;

/// <summary>Writes a dataset id as its text form.</summary>
internal sealed class DatasetIdConverter : JsonConverter<DatasetId>
{
    public override DatasetId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DatasetId.Parse(reader.GetString() ?? throw new JsonException("A dataset id is missing."));

    public override void Write(Utf8JsonWriter writer, DatasetId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
