using System.Buffers;
using System.Text;
using System.Text.Json;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Writes what a suite found in the form of Great Expectations, so that both can be compared field by field.</summary>
public static class GreatExpectationsResults
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the result of a suite as JSON.</summary>
    /// <param name="result">What the suite found; with <see cref="GreatExpectationsSuites.CheckOptions"/> it holds all that the full form tells.</param>
    /// <param name="format">How much is told of rules that say nothing of it themselves. <value>Default: all.</value></param>
    public static string Write(SuiteResult result, ExpectationResultFormat format = ExpectationResultFormat.Complete)
    {
        ArgumentNullException.ThrowIfNull(result);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            Write(writer, result, format);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, SuiteResult result, ExpectationResultFormat format)
    {
        var passed = result.Verdicts.Count(result.Passes);
        writer.WriteStartObject();
        writer.WriteBoolean("success", result.Success);
        writer.WriteStartArray("results");
        var texts = Texts(result.Schema);
        for (var i = 0; i < result.Verdicts.Count; i++)
            Write(writer, result, i, texts, format);
        writer.WriteEndArray();
        writer.WriteString("suite_name", result.Suite.Name ?? "default");
        writer.WritePropertyName("suite_parameters");
        writer.WriteRawValue(result.Suite.Imported?.Parameters ?? "{}");
        writer.WriteStartObject("statistics");
        writer.WriteNumber("evaluated_expectations", result.Verdicts.Count);
        writer.WriteNumber("successful_expectations", passed);
        writer.WriteNumber("unsuccessful_expectations", result.Verdicts.Count - passed);
        if (result.Verdicts.Count == 0)
            writer.WriteNull("success_percent");
        else
            writer.WriteNumber("success_percent", passed / (double)result.Verdicts.Count * 100);
        writer.WriteEndObject();
        writer.WritePropertyName("meta");
        writer.WriteRawValue(result.Suite.Imported?.Meta ?? "{}");
        writer.WriteString("id", result.Suite.Imported?.Id);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SuiteResult result, int index, HashSet<string> texts, ExpectationResultFormat format)
    {
        var (verdict, entry) = (result.Verdicts[index], result.Rules[index]);
        var expectation = entry.Imported ?? ExpectationNames.Of(entry);
        var shape = ResultShape.Of(entry.Imported) with { TextColumns = texts };
        writer.WriteStartObject();
        writer.WriteBoolean("success", result.Passes(verdict));
        writer.WriteStartObject("expectation_config");
        writer.WriteString("type", expectation.Type);
        writer.WritePropertyName("kwargs");
        writer.WriteRawValue(expectation.Kwargs);
        expectation.WriteAround(writer, expectation.Meta ?? "{}");
        writer.WriteString("severity", verdict.Severity is Severity.Error or Severity.Critical ? "critical" : verdict.Severity == Severity.Info ? "info" : "warning");
        writer.WriteEndObject();
        writer.WriteStartObject("result");
        if (verdict.Outcome != VerdictOutcome.Error)
            ExpectationResult.Write(writer, verdict, entry.Rule, shape, shape.Format ?? format);
        writer.WriteEndObject();
        writer.WriteStartObject("meta");
        writer.WriteEndObject();
        WriteException(writer, verdict);
        writer.WriteEndObject();
    }

    private static HashSet<string> Texts(Schema? schema) => schema is null
        ? []
        : Enumerable.Range(0, schema.FieldsList.Count).Select(i => StoredColumn.Of(schema, i)).Where(static c => c.Kind == ColumnKind.Text).Select(static c => c.Name).ToHashSet(StringComparer.Ordinal);

    private static void WriteException(Utf8JsonWriter writer, Verdict verdict)
    {
        var raised = verdict.Outcome == VerdictOutcome.Error;
        writer.WriteStartObject("exception_info");
        writer.WriteBoolean("raised_exception", raised);
        writer.WriteString("exception_message", raised ? verdict.Message ?? "the rule could not be evaluated" : null);
        writer.WriteString("exception_traceback", raised ? verdict.Message ?? "the rule could not be evaluated" : null);
        writer.WriteEndObject();
    }
}
