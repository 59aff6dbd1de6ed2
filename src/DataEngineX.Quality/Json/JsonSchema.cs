using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>A JSON Schema and whether it allows a value.</summary>
internal sealed class JsonSchema
{
    private const int MaxDepth = 200;

    private static readonly HashSet<string> Known =
    [
        "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
        "items", "prefixItems", "additionalItems", "maxItems", "minItems", "uniqueItems", "contains", "minContains", "maxContains", "maxProperties",
        "minProperties", "required", "properties", "patternProperties", "additionalProperties", "propertyNames", "dependentRequired",
        "if", "then", "else", "allOf", "anyOf", "oneOf", "not", "$ref", "$defs", "definitions",
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "format", "deprecated", "readOnly", "writeOnly",
        "contentEncoding", "contentMediaType",
    ];

    private readonly JsonElement _root;
    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);

    private JsonSchema(JsonElement root) => _root = root;

    public string Json => JsonSerializer.Serialize(_root, SchemaJson.Default.JsonElement);

    /// <exception cref="ArgumentException">It is no schema, or one with keys that are not known here.</exception>
    public static JsonSchema Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var schema = new JsonSchema(document.RootElement.Clone());
            schema.Check(schema._root, "#", 0);
            return schema;
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The JSON Schema is not JSON: {error.Message}", nameof(json), error);
        }
    }

    public bool Allows(JsonElement value) => Allows(_root, value, 0);

    private void Check(JsonElement schema, string path, int depth)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return;
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
            throw new ArgumentException($"The JSON Schema is wrong at {path}: a schema is an object, true or false.");
        foreach (var (key, value) in schema.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            var here = $"{path}/{key}";
            if (!Known.Contains(key))
                throw new ArgumentException($"The JSON Schema uses '{key}' at {path}, which is not known here.");
            if (key is "properties" or "patternProperties" or "$defs" or "definitions")
            {
                foreach (var property in value.EnumerateObject())
                {
                    if (key == "patternProperties")
                        Pattern(property.Name);
                    Check(property.Value, $"{here}/{property.Name}", depth + 1);
                }
            }
            else if (key is "allOf" or "anyOf" or "oneOf" or "prefixItems" || (key == "items" && value.ValueKind == JsonValueKind.Array))
            {
                foreach (var part in value.EnumerateArray())
                    Check(part, here, depth + 1);
            }
            else if (key is "items" or "additionalItems" or "contains" or "additionalProperties" or "propertyNames" or "if" or "then" or "else" or "not")
            {
                Check(value, here, depth + 1);
            }
            else if (key == "pattern")
            {
                Pattern(value.GetString()!);
            }
            else if (key == "$ref")
            {
                Resolve(value.GetString()!);
            }
        }
    }

    private Regex Pattern(string pattern)
    {
        lock (_patterns)
        {
            if (!_patterns.TryGetValue(pattern, out var regex))
                _patterns[pattern] = regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return regex;
        }
    }

    private JsonElement Resolve(string reference)
    {
        var found = _root;
        if (!reference.StartsWith('#'))
            throw new ArgumentException($"The JSON Schema refers to '{reference}', which is outside of it.");
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                throw new ArgumentException($"The JSON Schema refers to '{reference}', which is not in it.");
        }

        return found;
    }

    private bool Allows(JsonElement schema, JsonElement value, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return schema.ValueKind == JsonValueKind.True;
        if (depth > MaxDepth)
            throw new InvalidOperationException("The JSON Schema refers to itself without end.");
        return (!schema.TryGetProperty("$ref", out var reference) || Allows(Resolve(reference.GetString()!), value, depth + 1))
            && JsonSchemaValues.Allow(schema, value, Pattern)
            && AllowsItems(schema, value, depth)
            && AllowsProperties(schema, value, depth)
            && AllowsTogether(schema, value, depth);
    }

    private bool AllowsTogether(JsonElement schema, JsonElement value, int depth)
    {
        if (schema.TryGetProperty("allOf", out var all) && all.EnumerateArray().Any(s => !Allows(s, value, depth + 1)))
            return false;
        if (schema.TryGetProperty("anyOf", out var any) && !any.EnumerateArray().Any(s => Allows(s, value, depth + 1)))
            return false;
        if (schema.TryGetProperty("oneOf", out var one) && one.EnumerateArray().Count(s => Allows(s, value, depth + 1)) != 1)
            return false;
        if (schema.TryGetProperty("not", out var not) && Allows(not, value, depth + 1))
            return false;
        if (!schema.TryGetProperty("if", out var condition))
            return true;
        return !schema.TryGetProperty(Allows(condition, value, depth + 1) ? "then" : "else", out var branch) || Allows(branch, value, depth + 1);
    }

    private bool AllowsItems(JsonElement schema, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return true;
        JsonElement[] items = [.. value.EnumerateArray()];
        var first = 0;
        var tuple = schema.TryGetProperty("prefixItems", out var prefix)
            || (schema.TryGetProperty("items", out prefix) && prefix.ValueKind == JsonValueKind.Array);
        if (tuple)
        {
            foreach (var part in prefix.EnumerateArray())
            {
                if (first < items.Length && !Allows(part, items[first], depth + 1))
                    return false;
                first++;
            }
        }

        var hasRest = schema.TryGetProperty("items", out var rest) && rest.ValueKind != JsonValueKind.Array;
        if (tuple && !hasRest)
            hasRest = schema.TryGetProperty("additionalItems", out rest);
        for (; hasRest && first < items.Length; first++)
        {
            if (!Allows(rest, items[first], depth + 1))
                return false;
        }

        if (!schema.TryGetProperty("contains", out var contains))
            return true;
        var found = items.Count(i => Allows(contains, i, depth + 1));
        return found >= (schema.TryGetProperty("minContains", out var least) ? least.GetInt32() : 1)
            && found <= (schema.TryGetProperty("maxContains", out var most) ? most.GetInt32() : int.MaxValue);
    }

    private bool AllowsProperties(JsonElement schema, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return true;
        foreach (var property in value.EnumerateObject())
        {
            var matched = false;
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var own))
            {
                matched = true;
                if (!Allows(own, property.Value, depth + 1))
                    return false;
            }

            if (schema.TryGetProperty("patternProperties", out var patterns))
            {
                foreach (var pattern in patterns.EnumerateObject().Where(p => Pattern(p.Name).IsMatch(property.Name)))
                {
                    matched = true;
                    if (!Allows(pattern.Value, property.Value, depth + 1))
                        return false;
                }
            }

            if (!matched && schema.TryGetProperty("additionalProperties", out var others) && !Allows(others, property.Value, depth + 1))
                return false;
            if (schema.TryGetProperty("propertyNames", out var names) && !Allows(names, NameOf(property.Name), depth + 1))
                return false;
        }

        return true;
    }

    private static JsonElement NameOf(string name)
    {
        using var document = JsonDocument.Parse(CellText.Json(w => w.WriteStringValue(name)));
        return document.RootElement.Clone();
    }
}
