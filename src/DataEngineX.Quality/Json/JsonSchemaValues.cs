using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>The part of JSON Schema that looks at a value without looking into it.</summary>
internal static class JsonSchemaValues
{
    public static bool Allow(JsonElement schema, JsonElement value, Func<string, Regex> pattern)
    {
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(t => Is(t.GetString(), value)) : Is(type.GetString(), value)))
            return false;
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
            return false;
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            return false;
        return value.ValueKind switch
        {
            JsonValueKind.Number => AllowNumber(schema, value),
            JsonValueKind.String => AllowText(schema, value.GetString()!, pattern),
            JsonValueKind.Array => AllowCount(schema, "minItems", "maxItems", value.GetArrayLength()) && AllowTwice(schema, value),
            JsonValueKind.Object => AllowCount(schema, "minProperties", "maxProperties", value.EnumerateObject().Count()) && AllowMissing(schema, value),
            _ => true,
        };
    }

    private static bool Is(string? type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || Math.Floor(value.GetDouble()) == value.GetDouble()),
        _ => false,
    };

    private static bool AllowNumber(JsonElement schema, JsonElement value)
    {
        var number = value.GetDouble();
        if (schema.TryGetProperty("multipleOf", out var step) && !IsMultiple(value, step))
            return false;
        return (!schema.TryGetProperty("minimum", out var low) || number >= low.GetDouble())
            && (!schema.TryGetProperty("maximum", out var high) || number <= high.GetDouble())
            && (!schema.TryGetProperty("exclusiveMinimum", out var above) || above.ValueKind != JsonValueKind.Number || number > above.GetDouble())
            && (!schema.TryGetProperty("exclusiveMaximum", out var below) || below.ValueKind != JsonValueKind.Number || number < below.GetDouble());
    }

    private static bool IsMultiple(JsonElement value, JsonElement step) =>
        value.TryGetDecimal(out var exact) && step.TryGetDecimal(out var by) && by != 0
            ? exact % by == 0
            : value.GetDouble() / step.GetDouble() is var quotient && quotient == Math.Floor(quotient);

    private static bool AllowText(JsonElement schema, string text, Func<string, Regex> pattern)
    {
        if (schema.TryGetProperty("pattern", out var regex) && !pattern(regex.GetString()!).IsMatch(text))
            return false;
        return AllowCount(schema, "minLength", "maxLength", text.EnumerateRunes().Count());
    }

    private static bool AllowCount(JsonElement schema, string least, string most, int count) =>
        (!schema.TryGetProperty(least, out var low) || count >= low.GetDouble()) && (!schema.TryGetProperty(most, out var high) || count <= high.GetDouble());

    private static bool AllowTwice(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("uniqueItems", out var unique) || unique.ValueKind != JsonValueKind.True)
            return true;
        JsonElement[] items = [.. value.EnumerateArray()];
        for (var i = 0; i < items.Length; i++)
        {
            for (var j = i + 1; j < items.Length; j++)
            {
                if (JsonElement.DeepEquals(items[i], items[j]))
                    return false;
            }
        }

        return true;
    }

    private static bool AllowMissing(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            && required.EnumerateArray().Any(n => !value.TryGetProperty(n.GetString()!, out _)))
            return false;
        return !schema.TryGetProperty("dependentRequired", out var dependent)
            || dependent.EnumerateObject().All(d => !value.TryGetProperty(d.Name, out _) || d.Value.EnumerateArray().All(n => value.TryGetProperty(n.GetString()!, out _)));
    }
}
