using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>An expectation of Great Expectations as it was written, kept so that results can be given back in its terms.</summary>
/// <param name="Type">The type, such as <c>expect_column_values_to_not_be_null</c>.</param>
/// <param name="Kwargs">The arguments as a JSON object.</param>
/// <param name="Meta">The notes as JSON. <value>Default: null, none.</value></param>
/// <param name="Id">The id. <value>Default: null, none.</value></param>
public sealed record GreatExpectation(string Type, string Kwargs, string? Meta = null, string? Id = null)
{
    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WritePropertyName("kwargs");
        writer.WriteRawValue(Kwargs);
        if (Meta is not null)
        {
            writer.WritePropertyName("meta");
            writer.WriteRawValue(Meta);
        }

        if (Id is not null)
            writer.WriteString("id", Id);
        writer.WriteEndObject();
    }

    internal static GreatExpectation Read(RuleReader reader)
    {
        var expectation = new GreatExpectation(
            reader.Text("type"), reader.Find("kwargs")?.GetRawText() ?? "{}", reader.Find("meta")?.GetRawText(), reader.OptionalText("id"));
        reader.Done();
        return expectation;
    }
}
