using System.Globalization;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Writes the <c>result</c> of one expectation.</summary>
internal static class ExpectationResult
{
    /// <summary>The most rows of a query that are listed.</summary>
    private const int MostFound = 200;

    private const string NaN = "\"NaN\"";

    public static void Write(Utf8JsonWriter writer, Verdict verdict, Rule rule, ResultShape shape, ExpectationResultFormat format)
    {
        rule = rule is TextTimesRule times ? times.Rule : rule;
        if (format == ExpectationResultFormat.BooleanOnly || rule is ColumnExistsRule)
            return;
        if (rule is UnexpectedRowsRule)
            WriteFound(writer, verdict);
        else if (verdict.ObservedJson is not null || (verdict.Samples.Count == 0 && verdict.Checked <= 1 && ExpectationImport.IsAggregate(rule)))
            WriteObserved(writer, verdict, rule, shape);
        else
            WriteRows(writer, verdict, rule, shape, format);
    }

    private static void WriteObserved(Utf8JsonWriter writer, Verdict verdict, Rule rule, ResultShape shape)
    {
        writer.WritePropertyName("observed_value");
        if (rule is TypeRule && verdict.ObservedJson is { } type)
            writer.WriteStringValue(PandasType(JsonDocument.Parse(type).RootElement.GetString()!));
        else
            writer.WriteRawValue(Plain(verdict.ObservedJson, rule, shape));
        if (verdict.Columns.Count > 0 && rule is not TypeRule)
        {
            writer.WriteNumber("element_count", verdict.Elements);
            writer.WriteNumber("missing_count", verdict.Missing);
            WritePercent(writer, "missing_percent", verdict.Missing, verdict.Elements);
        }

        if (verdict.Details.Count == 0 && rule is not (ColumnSetRule or ColumnOrderRule))
            return;
        writer.WriteStartObject("details");
        foreach (var detail in verdict.Details)
        {
            writer.WritePropertyName(detail.Name);
            writer.WriteRawValue(detail.Json);
        }

        writer.WriteEndObject();
    }

    /// <summary>The rows that a query found.</summary>
    private static void WriteFound(Utf8JsonWriter writer, Verdict verdict)
    {
        writer.WriteString("observed_value", string.Create(CultureInfo.InvariantCulture, $"{verdict.Failed} unexpected row{(verdict.Failed == 1 ? "" : "s")}"));
        writer.WriteStartObject("details");
        writer.WriteStartArray("unexpected_rows");
        foreach (var sample in verdict.Samples.Take(MostFound))
        {
            if (sample.Json is ['{', ..])
            {
                writer.WriteRawValue(sample.Json);
                continue;
            }

            // A single column is its value alone.
            writer.WriteStartObject();
            writer.WritePropertyName(verdict.Columns.Count == 1 ? verdict.Columns[0] : "value");
            writer.WriteRawValue(sample.Json ?? "null");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter writer, Verdict verdict, Rule rule, ResultShape shape, ExpectationResultFormat format)
    {
        // For rules on missing values no row is missing: all count.
        var all = rule is NullRule or NotNullRule;
        writer.WriteNumber("element_count", verdict.Elements);
        writer.WriteNumber("unexpected_count", verdict.Failed);
        WritePercent(writer, "unexpected_percent", verdict.Failed, verdict.Checked);
        if (!all)
        {
            writer.WriteNumber("missing_count", verdict.Missing);
            WritePercent(writer, "missing_percent", verdict.Missing, verdict.Elements);
            WritePercent(writer, "unexpected_percent_total", verdict.Failed, verdict.Elements);
            WritePercent(writer, "unexpected_percent_nonmissing", verdict.Failed, verdict.Checked);
        }

        if (!shape.HidesValues)
            WriteValues(writer, "partial_unexpected_list", verdict.Samples.Take(shape.PartialCount), rule, shape);
        if (format >= ExpectationResultFormat.Summary)
        {
            WriteCounts(writer, verdict, rule, shape);
            WriteIndex(writer, "partial_unexpected_index_list", verdict.Samples.Take(shape.PartialCount), verdict, shape);
        }

        if (format != ExpectationResultFormat.Complete)
            return;
        if (!shape.HidesValues)
            WriteValues(writer, "unexpected_list", verdict.Samples, rule, shape);
        WriteIndex(writer, "unexpected_index_list", verdict.Samples, verdict, shape);
        if (shape.KeyColumns.Count > 0)
            WriteTexts(writer, "unexpected_index_column_names", shape.KeyColumns);
        if (shape.HidesQuery)
            return;
        writer.WriteString("unexpected_index_query", string.Create(
            CultureInfo.InvariantCulture, $"df.filter(items=[{string.Join(", ", verdict.Samples.Select(s => s.Row))}], axis=0)"));
    }

    private static void WriteValues(Utf8JsonWriter writer, string name, IEnumerable<VerdictSample> samples, Rule rule, ResultShape shape)
    {
        writer.WriteStartArray(name);
        foreach (var sample in samples)
            WriteValue(writer, sample.Json, rule, shape);
        writer.WriteEndArray();
    }

    /// <summary>Two columns of a pair rule are a list, those of others an object.</summary>
    private static void WriteValue(Utf8JsonWriter writer, string? json, Rule rule, ResultShape shape)
    {
        if (rule is not (PairRule or PairInSetRule) || json is null)
        {
            writer.WriteRawValue(Plain(json, rule, shape));
            return;
        }

        WriteList(writer, json, rule.Columns, shape);
    }

    /// <summary>A value as it is told: NaN is null, but the text <c>NaN</c> of a column of texts is a text.</summary>
    private static string Plain(string? json, Rule rule, ResultShape shape) =>
        json is null || (json == NaN && !(rule.Columns.Count == 1 && shape.TextColumns.Contains(rule.Columns[0]))) ? "null" : ResultTimes.Write(json, shape);

    /// <summary>The values of several columns as a list; the same column twice is one key of the object.</summary>
    private static void WriteList(Utf8JsonWriter writer, string json, IReadOnlyList<string> columns, ResultShape shape)
    {
        using var document = JsonDocument.Parse(ResultTimes.Write(json, shape));
        writer.WriteStartArray();
        foreach (var column in columns)
        {
            var value = document.RootElement.GetProperty(column);
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals("NaN") && !shape.TextColumns.Contains(column))
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter writer, Verdict verdict, Rule rule, ResultShape shape)
    {
        if (shape.HidesValues)
            return;
        var counts = verdict.Samples.Count == verdict.Failed
            ? verdict.Samples.GroupBy(s => s.Json ?? "null", StringComparer.Ordinal)
                .Select(g => (Json: g.Key, Count: (long)g.Count()))
                .OrderByDescending(c => c.Count).ThenBy(c => c.Json, ValueOrder.Instance)
            : verdict.CommonValues.Select(v => (Json: v.Json ?? "null", v.Count));
        writer.WriteStartArray("partial_unexpected_counts");
        foreach (var (json, count) in counts.Take(shape.PartialCount))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("value");
            if (rule.Columns.Count > 1)
                WriteList(writer, json, rule.Columns, shape);
            else
                WriteValue(writer, json, rule, shape);
            writer.WriteNumber("count", count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteIndex(Utf8JsonWriter writer, string name, IEnumerable<VerdictSample> samples, Verdict verdict, ResultShape shape)
    {
        writer.WriteStartArray(name);
        foreach (var sample in samples)
        {
            if (shape.KeyColumns.Count == 0)
            {
                writer.WriteNumberValue(sample.Row);
                continue;
            }

            writer.WriteStartObject();
            if (!shape.HidesValues)
                WriteColumns(writer, sample, verdict);
            foreach (var key in sample.Keys.Where(k => shape.KeyColumns.Contains(k.Name)))
            {
                writer.WritePropertyName(key.Name);
                writer.WriteRawValue(key.Json);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteColumns(Utf8JsonWriter writer, VerdictSample sample, Verdict verdict)
    {
        if (sample.Json is null)
            return;
        if (verdict.Columns.Count == 1)
        {
            writer.WritePropertyName(verdict.Columns[0]);
            writer.WriteRawValue(sample.Json);
            return;
        }

        using var document = JsonDocument.Parse(sample.Json);
        foreach (var property in document.RootElement.EnumerateObject())
            property.WriteTo(writer);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WritePercent(Utf8JsonWriter writer, string name, long part, long all)
    {
        if (all == 0)
            writer.WriteNull(name);
        else
            writer.WriteNumber(name, part / (double)all * 100);
    }

    private static string PandasType(string arrow) => arrow switch
    {
        "double" => "float64",
        "float" => "float32",
        "halffloat" => "float16",
        "bool" => "bool",
        "utf8" => "object_",
        _ when arrow.StartsWith("timestamp", StringComparison.Ordinal) => arrow.Contains(',', StringComparison.Ordinal) ? "Timestamp" : "datetime64",
        _ => arrow,
    };
}
