using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Reads suites of Great Expectations: JSON with <c>expectations</c>, each with <c>type</c> (or <c>expectation_type</c>) and <c>kwargs</c>.</summary>
/// <remarks>
/// The suite keeps their conventions: NaN is missing, and a rule with nothing to check passes. An expectation that can not be evaluated, for its
/// arguments or because nothing here answers to it, becomes a rule whose verdict is an error with the reason; check with
/// <see cref="CheckOptions"/> to have it so, since a suite is otherwise refused as a whole. One whose type is not known is an error at once.
/// </remarks>
public static class GreatExpectationsSuites
{
    /// <summary>How a suite is checked so that its result can be given in full: all samples whole, and rules that do not fit reported.</summary>
    public static CheckOptions CheckOptions { get; } =
        new() { MaxSamples = int.MaxValue, MaxValueLength = int.MaxValue, UnfitRules = UnfitRules.Report };

    /// <summary>Whether a JSON text is a suite of Great Expectations, by its <c>expectations</c>.</summary>
    /// <param name="json">The JSON text.</param>
    public static bool IsOne(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(PythonJson.Normalize(json));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("expectations", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads a suite.</summary>
    /// <param name="json">The JSON text; NaN and infinities may stand bare as Python writes them.</param>
    /// <param name="options">Parameters and clock. <value>Default: null, the defaults.</value></param>
    /// <exception cref="SuiteFormatException">It is no such suite, or holds an expectation of a type that is not known.</exception>
    public static Suite Read(string json, GreatExpectationsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        options ??= new GreatExpectationsOptions();
        try
        {
            using var document = JsonDocument.Parse(PythonJson.Normalize(json), new JsonDocumentOptions { MaxDepth = 256 });
            return Read(document.RootElement, options);
        }
        catch (JsonException error)
        {
            throw new SuiteFormatException("$", $"this is not JSON: {error.Message}", error);
        }
    }

    private static Suite Read(JsonElement root, GreatExpectationsOptions options)
    {
        var reader = new RuleReader(root, "$");
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in (string[])["evaluation_parameters", "suite_parameters"])
        {
            if (reader.Find(name) is { ValueKind: JsonValueKind.Object } given)
            {
                foreach (var parameter in given.EnumerateObject().Where(p => p.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)))
                    parameters[parameter.Name] = RuleReader.LiteralOf(parameter.Value, $"$.{name}.{parameter.Name}");
            }
        }

        foreach (var (name, value) in options.Parameters)
            parameters[name] = value is int whole ? (long)whole : value;
        var items = reader.Items("expectations") ?? throw reader.Fault("expectations", "it is missing.");
        if (items.Count == 0 && !options.AllowEmpty)
            throw reader.Fault("expectations", "a suite without expectations would let everything pass.");
        var rules = items.Select((e, i) => ReadOne(e, $"$.expectations[{i}]", parameters, options)).ToList();
        return new Suite(rules, mayBeEmpty: true)
        {
            Name = reader.OptionalText("name") ?? reader.OptionalText("expectation_suite_name"),
            Imported = new GreatExpectationsSuite
            {
                Id = reader.OptionalText("id"),
                Meta = ObjectOf(reader, "meta"),
                Notes = GreatExpectation.NotesOf(reader),
                Parameters = parameters.Count == 0 ? null : ExpectationArguments.Json(parameters),
            },
            NaNIsMissing = true,
            WhenNothingToCheck = NothingToCheck.Pass,
            KeyColumns = [.. rules.SelectMany(r => ResultShape.Of(r.Imported!).KeyColumns).Distinct(StringComparer.Ordinal)],
        };
    }

    private static SuiteRule ReadOne(JsonElement element, string path, Dictionary<string, object?> parameters, GreatExpectationsOptions options)
    {
        var reader = new RuleReader(element, path);
        var type = reader.OptionalText("type") ?? reader.OptionalText("expectation_type") ?? throw reader.Fault("type", "it is missing.");
        if (!ExpectationImport.Knows(type))
            throw reader.Fault(reader.Has("type") ? "type" : "expectation_type", $"there is no expectation '{type}'.");
        var kwargs = reader.Find("kwargs") ?? throw reader.Fault("kwargs", "it is missing.");
        if (kwargs.ValueKind != JsonValueKind.Object)
            throw reader.Fault("kwargs", "an object is wanted.");
        var expectation = new GreatExpectation(type, kwargs.GetRawText(), ObjectOf(reader, "meta"), reader.OptionalText("id"))
        {
            Notes = GreatExpectation.NotesOf(reader),
            Description = reader.OptionalText("description"),
        };
        var severity = ExpectationImport.SeverityOf(reader) ?? ExpectationImport.SeverityOf(new RuleReader(kwargs, $"{path}.kwargs")) ?? Severity.Error;
        return ExpectationImport.Rule(expectation, $"{path}.kwargs", parameters, options.Clock) with { Imported = expectation, Severity = severity };
    }

    private static string? ObjectOf(RuleReader reader, string name) => reader.Find(name) is { ValueKind: JsonValueKind.Object } found ? found.GetRawText() : null;
}
