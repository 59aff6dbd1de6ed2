using System.Globalization;
using DataEngineX.Pipelines;

namespace DataEngineX.AspNetCore;

/// <summary>Reads names, numbers and words of a request, or ends it with a problem that names the field.</summary>
internal static class RequestReader
{
    private const string NameRule = "use letters, digits, '_', '-' and '.', at most 128, starting with a letter or digit, without '..'.";

    public static DatasetId Table(string layer, string name) => DatasetId.TryParseLayer(layer, out var parsed) && Enum.IsDefined(parsed)
        ? DatasetId.Table(parsed, Name(name, "name"))
        : throw ApiException.Invalid("layer", $"'{Shorten(layer)}' is not a layer: use raw, bronze, silver, gold or quarantine.");

    /// <summary>A table, or a model by the namespace of models.</summary>
    public static DatasetId Dataset(string layer, string name) =>
        string.Equals(layer, DatasetId.ModelNamespace, StringComparison.OrdinalIgnoreCase) ? DatasetId.Model(Name(name, "name")) : Table(layer, name);

    public static string Name(string name, string field) => DatasetId.IsTableName(name)
        ? name
        : throw ApiException.Invalid(field, $"'{Shorten(name)}' is not a name: {NameRule}");

    public static Pipeline Pipeline(FaceServices face, string name) => face.Pipelines.TryFind(Name(name, "name"), out var pipeline)
        ? pipeline
        : throw ApiException.NotFound($"There is no pipeline '{name}'.");

    public static int Limit(string? text, int fallback, int max)
    {
        if (text is null)
            return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max
            ? limit
            : throw ApiException.Invalid("limit", $"'{Shorten(text)}' is not a limit: use a number from 1 to {max}.");
    }

    public static RunState? State(string? text) => text switch
    {
        null => null,
        "running" => RunState.Running,
        "succeeded" => RunState.Succeeded,
        "failed" => RunState.Failed,
        "cancelled" => RunState.Cancelled,
        _ => throw ApiException.Invalid("state", $"'{Shorten(text)}' is not a state: use running, succeeded, failed or cancelled."),
    };

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
