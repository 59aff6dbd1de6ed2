using System.Buffers;
using System.Text.Json;
using DataEngineX.Quality;

namespace DataEngineX.Hosting.Profiles;

/// <summary>How a profile is kept: an object beside the tables, replaced by that of the next version.</summary>
internal static class ProfileFile
{
    public static string KeyOf(DatasetId dataset) => $"profiles/{dataset}.json";

    public static ReadOnlyMemory<byte> Write(DatasetProfile kept)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", kept.Version);
            json.WritePropertyName("profile");
            json.WriteRawValue(kept.Profile.ToJson());
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <exception cref="FormatException">It is none, or of a form that is not known here.</exception>
    public static DatasetProfile Read(DatasetId dataset, ReadOnlyMemory<byte> content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            return new DatasetProfile(dataset, root.GetProperty("version").GetInt64(), Profile.Parse(root.GetProperty("profile").GetRawText()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The profile of {dataset} cannot be read: {e.Message}", e);
        }
    }
}
