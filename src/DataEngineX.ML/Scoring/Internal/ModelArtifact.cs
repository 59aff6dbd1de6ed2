using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;

namespace DataEngineX.ML.Internal;

/// <summary>The artifact of a version: ML.NET's own model file with the scorer's contract as one more entry.</summary>
internal static class ModelArtifact
{
    private const string ContractEntry = "dataenginex/scorer.json";

    public static byte[] Pack(ITransformer model, DataViewSchema schema, ScorerContract contract)
    {
        using var stream = new MemoryStream();
        new MLContext(0).Model.Save(model, schema, stream);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(ContractEntry).Open();
            JsonSerializer.Serialize(entry, contract, MlJson.Options);
        }

        return stream.ToArray();
    }

    public static (ITransformer Model, ScorerContract Contract) Unpack(Stream artifact, string what)
    {
        try
        {
            ScorerContract contract;
            using (var zip = new ZipArchive(artifact, ZipArchiveMode.Read, leaveOpen: true))
            {
                var entry = zip.GetEntry(ContractEntry) ?? throw new InvalidDataException($"it has no entry '{ContractEntry}'");
                using var json = entry.Open();
                contract = JsonSerializer.Deserialize<ScorerContract>(json, MlJson.Options)
                    ?? throw new InvalidDataException($"its entry '{ContractEntry}' is empty");
            }

            artifact.Position = 0;
            return (new MLContext(0).Model.Load(artifact, out _), contract);
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or FormatException or InvalidOperationException)
        {
            throw new DataEngineXException($"The artifact of {what} cannot be loaded: {error.Message}. Register a new version.", error);
        }
    }
}
