using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>One version of a model.</summary>
internal sealed record ModelVersionDto(
    int Version,
    DateTimeOffset CreatedAt,
    string? RunId,
    IReadOnlyList<string> Aliases,
    IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyList<ColumnDto> Inputs,
    IReadOnlyList<ColumnDto> Outputs,
    IReadOnlyList<InputDto> TrainedOn,
    JsonElement? Card)
{
    public static ModelVersionDto Of(ModelVersion version) => new(
        version.Version,
        version.CreatedAt,
        version.RunId,
        version.Aliases,
        JsonNumber.Finite(version.Metrics),
        ColumnDto.Of(version.Signature.Inputs),
        ColumnDto.Of(version.Signature.Outputs),
        [.. version.Inputs.Select(InputDto.Of)],
        CardOf(version));

    private static JsonElement? CardOf(ModelVersion version)
    {
        if (version.Card is null)
            return null;
        try
        {
            return JsonElement.Parse(version.Card);
        }
        catch (JsonException)
        {
            // A card that is no JSON is shown as the text it is.
            return JsonSerializer.SerializeToElement(version.Card, ApiJson.Options);
        }
    }
}
