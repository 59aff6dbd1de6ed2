using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>What a suite of Great Expectations says beside its expectations, kept so that results can be given back in its terms; it changes no verdict.</summary>
public sealed record GreatExpectationsSuite
{
    /// <summary>The id. <value>Default: null, none.</value></summary>
    public string? Id { get; init; }

    /// <summary>What else is said of it, as a JSON object. <value>Default: null, nothing.</value></summary>
    public string? Meta { get; init; }

    /// <summary>The notes as JSON: a text or a list of texts. <value>Default: null, none.</value></summary>
    public string? Notes { get; init; }

    /// <summary>The parameters that arguments were filled with, as a JSON object. <value>Default: null, none.</value></summary>
    public string? Parameters { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Id is not null)
            writer.WriteString("id", Id);
        foreach (var (name, json) in ((string, string?)[])[("meta", Meta), ("notes", Notes), ("suite_parameters", Parameters)])
        {
            if (json is null)
                continue;
            writer.WritePropertyName(name);
            writer.WriteRawValue(json);
        }

        writer.WriteEndObject();
    }

    internal static GreatExpectationsSuite Read(RuleReader reader)
    {
        var suite = new GreatExpectationsSuite
        {
            Id = reader.OptionalText("id"),
            Meta = reader.Find("meta")?.GetRawText(),
            Notes = GreatExpectation.NotesOf(reader),
            Parameters = reader.Find("suite_parameters")?.GetRawText(),
        };
        reader.Done();
        return suite;
    }
}
