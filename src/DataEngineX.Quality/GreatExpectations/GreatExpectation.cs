using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>An expectation of Great Expectations as it was written, kept so that results can be given back in its terms.</summary>
/// <param name="Type">The type, such as <c>expect_column_values_to_not_be_null</c>.</param>
/// <param name="Kwargs">The arguments as a JSON object.</param>
/// <param name="Meta">What else is said of it, as JSON. <value>Default: null, nothing.</value></param>
/// <param name="Id">The id. <value>Default: null, none.</value></param>
public sealed record GreatExpectation(string Type, string Kwargs, string? Meta = null, string? Id = null)
{
    /// <summary>The notes as JSON: a text or a list of texts. <value>Default: null, none.</value></summary>
    public string? Notes { get; init; }

    /// <summary>The description. <value>Default: null, none.</value></summary>
    public string? Description { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WritePropertyName("kwargs");
        writer.WriteRawValue(Kwargs);
        WriteAround(writer, Meta);
        writer.WriteEndObject();
    }

    /// <summary>Writes what changes no verdict.</summary>
    internal void WriteAround(Utf8JsonWriter writer, string? meta)
    {
        if (meta is not null)
        {
            writer.WritePropertyName("meta");
            writer.WriteRawValue(meta);
        }

        if (Id is not null)
            writer.WriteString("id", Id);
        if (Notes is not null)
        {
            writer.WritePropertyName("notes");
            writer.WriteRawValue(Notes);
        }

        if (Description is not null)
            writer.WriteString("description", Description);
    }

    internal static GreatExpectation Read(RuleReader reader)
    {
        var expectation = new GreatExpectation(
            reader.Text("type"), reader.Find("kwargs")?.GetRawText() ?? "{}", reader.Find("meta")?.GetRawText(), reader.OptionalText("id"))
        {
            Notes = NotesOf(reader),
            Description = reader.OptionalText("description"),
        };
        reader.Done();
        return expectation;
    }

    /// <summary>A text or a list of texts as JSON; null for none.</summary>
    internal static string? NotesOf(RuleReader reader) => reader.Find("notes") switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetRawText(),
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String) => list.GetRawText(),
        _ => throw reader.Fault("notes", "a text or a list of texts is wanted."),
    };
}
