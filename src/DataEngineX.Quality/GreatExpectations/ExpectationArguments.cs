using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>The arguments of an expectation with their parameters filled in.</summary>
internal static class ExpectationArguments
{
    private const string Marker = "$PARAMETER";

    /// <summary>Replaces each <c>{"$PARAMETER": expression}</c> by its value.</summary>
    /// <exception cref="FormatException">An expression is not known here.</exception>
    public static JsonElement Fill(string kwargs, IReadOnlyDictionary<string, object?> parameters, TimeProvider clock)
    {
        using var document = JsonDocument.Parse(kwargs);
        if (!kwargs.Contains(Marker, StringComparison.Ordinal))
            return document.RootElement.Clone();
        using var filled = JsonDocument.Parse(CellText.Json(writer => Write(writer, document.RootElement, parameters, clock)));
        return filled.RootElement.Clone();
    }

    /// <summary>Parameters as a JSON object.</summary>
    public static string Json(IReadOnlyDictionary<string, object?> parameters) => CellText.Json(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, JsonElement element, IReadOnlyDictionary<string, object?> parameters, TimeProvider clock)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.TryGetProperty(Marker, out var expression):
                Write(writer, PythonValue.Of(expression.GetString() ?? string.Empty, parameters, clock));
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, parameters, clock);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item, parameters, clock);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        if (value is DateTime time)
            writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture));
        else
            writer.WriteRawValue(RuleParameter.Of("value", value).Json);
    }
}
