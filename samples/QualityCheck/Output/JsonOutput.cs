using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataEngineX;
using DataEngineX.Quality;

namespace QualityCheck.Output;

/// <summary>The result for programs: everything a verdict says, in JSON.</summary>
internal static class JsonOutput
{
    /// <summary>Writes it.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="data">The data's name.</param>
    public static ReadOnlyMemory<byte> Write(SuiteResult result, string data)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("success", result.Success);
            json.WriteString("suite", result.Suite.Name);
            json.WriteString("data", data);
            json.WriteNumber("rows", result.Rows);
            json.WriteStartObject("statistics");
            json.WriteNumber("rules", result.Verdicts.Count);
            foreach (var outcome in Enum.GetValues<VerdictOutcome>())
                json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()), result.Verdicts.Count(v => v.Outcome == outcome));
            json.WriteEndObject();
            json.WriteStartArray("verdicts");
            foreach (var verdict in result.Verdicts)
                Write(json, verdict, result.Passes(verdict));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Verdict verdict, bool passes)
    {
        json.WriteStartObject();
        json.WriteString("rule", verdict.Rule);
        json.WriteStartArray("columns");
        foreach (var column in verdict.Columns)
            json.WriteStringValue(column);
        json.WriteEndArray();
        json.WriteString("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.Outcome.ToString()));
        json.WriteBoolean("passes", passes);
        json.WriteString("severity", JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.Severity.ToString()));
        json.WriteString("expectation", verdict.Expectation);
        Fields(json, "parameters", verdict.Parameters);
        Text(json, "where", verdict.Where);
        if (verdict.Mostly is { } mostly)
            json.WriteNumber("mostly", mostly);
        Fields(json, "group", verdict.Group);
        json.WriteNumber("elements", verdict.Elements);
        json.WriteNumber("missing", verdict.Missing);
        json.WriteNumber("checked", verdict.Checked);
        json.WriteNumber("failed", verdict.Failed);
        if (verdict.ObservedJson is { } observed)
        {
            json.WritePropertyName("observed");
            json.WriteRawValue(observed);
        }

        Fields(json, "details", verdict.Details);
        Text(json, "message", verdict.Message);
        Samples(json, verdict);
        json.WriteEndObject();
    }

    private static void Samples(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteStartArray("samples");
        foreach (var sample in verdict.Samples)
        {
            json.WriteStartObject();
            json.WriteNumber("row", sample.Row);
            Fields(json, "keys", sample.Keys);
            Value(json, sample.Json, sample.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("common_values");
        foreach (var value in verdict.CommonValues)
        {
            json.WriteStartObject();
            Value(json, value.Json, value.Value);
            json.WriteNumber("count", value.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, string? raw, string? text)
    {
        json.WritePropertyName("value");
        if (raw is not null)
            json.WriteRawValue(raw);
        else if (text is not null)
            json.WriteStringValue(text);
        else
            json.WriteNullValue();
    }

    private static void Fields(Utf8JsonWriter json, string name, IReadOnlyList<VerdictField> fields)
    {
        if (fields.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Json);
        }

        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
