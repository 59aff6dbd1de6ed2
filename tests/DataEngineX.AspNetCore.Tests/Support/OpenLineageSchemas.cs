using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace DataEngineX.AspNetCore.Tests;

/// <summary>The published schemas of OpenLineage, which every event and each of its facets must fit; see the README beside them.</summary>
internal static class OpenLineageSchemas
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private static readonly Dictionary<string, JsonSchema> Files = Load();

    /// <summary>Insists that all events are of the schemas they name, facets of those that are published for them.</summary>
    public static void Check(JsonElement events)
    {
        foreach (var told in events.EnumerateArray())
        {
            Fits(told.GetProperty("schemaURL").GetString()!, told);
            CheckFacets(told);
        }
    }

    private static void CheckFacets(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                CheckFacets(item);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("_schemaURL", out var url))
                Fits(url.GetString()!, property.Value, property.Name);
            CheckFacets(property.Value);
        }
    }

    private static void Fits(string url, JsonElement element, string? facet = null)
    {
        var file = url.Split('#')[0];
        Assert.True(Files.TryGetValue(file, out var published), $"There is no schema {file}.");
        // The file itself says under which name its facet stands.
        if (facet is not null)
            Assert.True(published!.GetProperties()!.ContainsKey(facet), $"{file} is not the schema of '{facet}'.");
        var result = new JsonSchemaBuilder().Ref(url).Build().Evaluate(JsonNode.Parse(element.GetRawText()), Options);
        var errors = result.Details.Where(d => d.HasErrors).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}"));
        Assert.True(result.IsValid, $"{url}: {string.Join("; ", errors)} in {element}");
    }

    private static Dictionary<string, JsonSchema> Load()
    {
        var files = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "openlineage"), "*.json", SearchOption.AllDirectories))
        {
            var schema = JsonSchema.FromText(File.ReadAllText(path));
            SchemaRegistry.Global.Register(schema);
            files.Add(schema.GetId()!.OriginalString, schema);
        }

        return files;
    }
}
