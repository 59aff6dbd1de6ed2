using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Suites as JSON, without loss in either direction: what is read back does the same and is written the same.</summary>
/// <remarks>The form is described by a JSON Schema, <c>docs/quality-suite.schema.json</c>, and in <c>docs/quality.md</c>.</remarks>
public static class SuiteJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (string Word, Gate Value)[] Gates = [("warn", Gate.Warn), ("quarantine", Gate.Quarantine), ("stop", Gate.Stop)];

    private static readonly (string Word, NothingToCheck Value)[] Meanings =
        [("not_evaluated", NothingToCheck.NotEvaluated), ("pass", NothingToCheck.Pass), ("fail", NothingToCheck.Fail)];

    private static readonly (string Word, Severity Value)[] Severities =
        [("info", Severity.Info), ("warning", Severity.Warning), ("error", Severity.Error), ("critical", Severity.Critical)];

    /// <summary>Writes a suite as indented JSON.</summary>
    /// <param name="suite">The suite.</param>
    public static string Write(Suite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            Write(writer, suite);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a suite.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="catalog">The rules there are. <value>Default: null, those of this package.</value></param>
    /// <exception cref="SuiteFormatException">It is no JSON, or a rule or key is not known or not as it should be; the error says where.</exception>
    public static Suite Read(string json, RuleCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        catalog ??= new RuleCatalog();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 1024 });
            return Read(document.RootElement, catalog);
        }
        catch (JsonException error)
        {
            throw new SuiteFormatException("$", $"this is not JSON: {error.Message}", error);
        }
    }

    /// <summary>A rule alone as JSON, as it stands in another.</summary>
    internal static string WriteRule(Rule rule) => CellText.Json(writer =>
    {
        writer.WriteStartObject();
        Write(writer, rule);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, Suite suite)
    {
        writer.WriteStartObject();
        if (suite.Name is not null)
            writer.WriteString("name", suite.Name);
        writer.WriteString("gate", WordOf(Gates, suite.Gate));
        if (suite.WhenNothingToCheck != NothingToCheck.NotEvaluated)
            writer.WriteString("when_nothing_to_check", WordOf(Meanings, suite.WhenNothingToCheck));
        if (suite.NaNIsMissing)
            writer.WriteBoolean("nan_is_missing", true);
        WriteTexts(writer, "key_columns", suite.KeyColumns);
        if (suite.MaxSamples != RuleContext.DefaultMaxSamples)
            writer.WriteNumber("max_samples", suite.MaxSamples);
        if (suite.Imported is { } imported)
        {
            writer.WritePropertyName("great_expectations");
            imported.Write(writer);
        }

        writer.WriteStartArray("rules");
        foreach (var rule in suite.Rules)
            Write(writer, rule);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SuiteRule entry)
    {
        writer.WriteStartObject();
        Write(writer, entry.Rule);
        WriteAround(writer, entry);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Rule rule)
    {
        writer.WriteString("rule", rule.Name);
        if (rule is SatisfiesRule satisfies)
        {
            writer.WritePropertyName("condition");
            ExprJson.Write(writer, satisfies.Condition);
            return;
        }

        // A rule in a rule and a query name their columns themselves.
        if (rule is not (TextTimesRule or SameAsRule or UnexpectedRowsRule))
        {
            if (rule.Columns.Count == 1)
                writer.WriteString("column", rule.Columns[0]);
            else
                WriteTexts(writer, "columns", rule.Columns);
        }

        foreach (var parameter in rule.Parameters)
        {
            writer.WritePropertyName(parameter.Name);
            writer.WriteRawValue(parameter.Json);
        }
    }

    private static void WriteAround(Utf8JsonWriter writer, SuiteRule entry)
    {
        if (entry.Name is not null)
            writer.WriteString("name", entry.Name);
        if (entry.Severity != Severity.Error)
            writer.WriteString("severity", WordOf(Severities, entry.Severity));
        if (entry.Mostly is { } mostly)
            writer.WriteNumber("mostly", mostly);
        if (entry.Thresholds.Count > 0)
        {
            writer.WriteStartArray("thresholds");
            foreach (var threshold in entry.Thresholds)
            {
                writer.WriteStartObject();
                writer.WriteString("severity", WordOf(Severities, threshold.Severity));
                writer.WriteNumber("mostly", threshold.Mostly);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (entry.Where is { } where)
        {
            writer.WritePropertyName("where");
            ExprJson.Write(writer, where);
        }

        WriteTexts(writer, "group_by", entry.GroupBy);
        WriteTexts(writer, "tags", entry.Tags);
        if (entry.Imported is { } imported)
        {
            writer.WritePropertyName("great_expectations");
            imported.Write(writer);
        }
    }

    private static Suite Read(JsonElement root, RuleCatalog catalog)
    {
        var reader = new RuleReader(root, "$");
        _ = reader.Find("$schema");
        var items = reader.Items("rules") ?? throw reader.Fault("rules", "it is missing.");
        if (items.Count == 0)
            throw reader.Fault("rules", "a suite needs at least one rule.");
        var suite = new Suite([.. items.Select((r, i) => ReadRule(r, $"$.rules[{i}]", catalog))])
        {
            Name = reader.OptionalText("name"),
            Gate = reader.Word("gate", Gate.Stop, Gates),
            WhenNothingToCheck = reader.Word("when_nothing_to_check", NothingToCheck.NotEvaluated, Meanings),
            NaNIsMissing = reader.Flag("nan_is_missing"),
            KeyColumns = reader.Texts("key_columns") ?? [],
            Imported = reader.Find("great_expectations") is { ValueKind: not JsonValueKind.Null } imported
                ? GreatExpectationsSuite.Read(new RuleReader(imported, "$.great_expectations"))
                : null,
            MaxSamples = reader.Whole("max_samples") is not { } samples ? RuleContext.DefaultMaxSamples
                : samples is >= 0 and <= int.MaxValue ? (int)samples
                : throw reader.Fault("max_samples", "a number from 0 is wanted."),
        };
        reader.Done();
        return suite;
    }

    private static SuiteRule ReadRule(JsonElement element, string path, RuleCatalog catalog)
    {
        var reader = new RuleReader(element, path);
        try
        {
            var entry = new SuiteRule(catalog.Read(reader.Text("rule"), reader))
            {
                Name = reader.OptionalText("name"),
                Severity = reader.Word("severity", Severity.Error, Severities),
                Mostly = reader.Number("mostly"),
                Thresholds = [.. (reader.Items("thresholds") ?? []).Select((t, i) => ReadThreshold(t, $"{path}.thresholds[{i}]"))],
                Where = reader.Find("where") is { ValueKind: not JsonValueKind.Null } where ? ExprJson.Read(where, $"{path}.where") : null,
                GroupBy = reader.Texts("group_by") ?? [],
                Tags = reader.Texts("tags") ?? [],
                Imported = reader.Find("great_expectations") is { ValueKind: not JsonValueKind.Null } imported
                    ? GreatExpectation.Read(new RuleReader(imported, $"{path}.great_expectations"))
                    : null,
            };
            reader.Done();
            return entry;
        }
        catch (ArgumentException error)
        {
            throw new SuiteFormatException(path, RuleText.Reason(error), error);
        }
    }

    private static RuleThreshold ReadThreshold(JsonElement element, string path)
    {
        var reader = new RuleReader(element, path);
        var threshold = new RuleThreshold(
            reader.Word("severity", Severity.Error, Severities), reader.Number("mostly") ?? throw reader.Fault("mostly", "it is missing."));
        reader.Done();
        return threshold;
    }

    private static string WordOf<T>((string Word, T Value)[] words, T value) => System.Array.Find(words, w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word;

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
