using System.Text.Json;

namespace DataEngineX.Quality.Reports;

/// <summary>What verdicts and profiles say of a dataset, as facets of OpenLineage.</summary>
/// <remarks>
/// The forms are those of the specification 2-0-2: <c>dataQualityAssertions</c> 1-1-0 and <c>dataQualityMetrics</c> 1-0-0 (1-0-3 among <c>inputFacets</c>), each with <c>_producer</c> and
/// <c>_schemaURL</c>. Both stand among the <c>inputFacets</c> of the dataset that a check reads; the metrics may also be a facet of the dataset itself.
/// </remarks>
public static class OpenLineageFacets
{
    /// <summary>The name of the facet that holds verdicts.</summary>
    public const string AssertionsName = "dataQualityAssertions";

    /// <summary>The name of the facet that holds numbers of a profile.</summary>
    public const string MetricsName = "dataQualityMetrics";

    /// <summary>Who says so, in <c>_producer</c>.</summary>
    public const string Producer = "https://github.com/dataenginex/dataenginex";

    private const string Assertions = "https://openlineage.io/spec/facets/1-1-0/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet";
    private const string Metrics = "https://openlineage.io/spec/facets/1-0-0/DataQualityMetricsDatasetFacet.json#/$defs/DataQualityMetricsDatasetFacet";

    private const string InputMetrics = "https://openlineage.io/spec/facets/1-0-3/DataQualityMetricsInputDatasetFacet.json#/$defs/DataQualityMetricsInputDatasetFacet";

    private static readonly double[] Quantiles = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Verdicts as a facet: one assertion a verdict and column, those on the whole dataset without a column.</summary>
    /// <param name="verdicts">
    /// The verdicts. One that was not evaluated asserts nothing and is left out; an error is no success. Severity info and warning are a warning.
    /// </param>
    public static string OfVerdicts(IEnumerable<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        return CellText.Json(writer =>
        {
            Begin(writer, Assertions);
            writer.WriteStartArray("assertions");
            foreach (var verdict in verdicts.Where(v => v.Outcome != VerdictOutcome.NotEvaluated))
            {
                foreach (var column in ColumnsOf(verdict))
                    Write(writer, verdict, column);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>A profile as a facet: rows, bytes, and of each column nulls, values, different values and, of numbers, sum, bounds and quantiles.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="asInput">Whether it stands among the <c>inputFacets</c> of a dataset that is read. <value>Default: false, it is a facet of the dataset.</value></param>
    public static string OfProfile(Profile profile, bool asInput = false)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return CellText.Json(writer =>
        {
            Begin(writer, asInput ? InputMetrics : Metrics);
            writer.WriteNumber("rowCount", profile.Rows);
            writer.WriteNumber("bytes", profile.Bytes);
            writer.WriteStartObject("columnMetrics");
            foreach (var column in profile.Columns)
                Write(writer, column);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void Begin(Utf8JsonWriter writer, string schema)
    {
        writer.WriteStartObject();
        writer.WriteString("_producer", Producer);
        writer.WriteString("_schemaURL", schema);
    }

    private static IEnumerable<string?> ColumnsOf(Verdict verdict) =>
        verdict.Columns.Count > 0 ? verdict.Columns : (IEnumerable<string?>)[verdict.Column];

    private static void Write(Utf8JsonWriter writer, Verdict verdict, string? column)
    {
        writer.WriteStartObject();
        writer.WriteString("assertion", verdict.Rule);
        writer.WriteBoolean("success", verdict.Outcome == VerdictOutcome.Pass);
        if (column is not null)
            writer.WriteString("column", column);
        writer.WriteString("severity", verdict.Severity >= Severity.Error ? "error" : "warn");
        writer.WriteString("name", verdict.Rule + (verdict.Column is { } columns ? $"({columns})" : ""));
        if (verdict.Message is { } message)
            writer.WriteString("description", message);
        if (verdict.Expectation is { } expectation)
            writer.WriteString("expected", expectation);
        writer.WriteString("actual", verdict.Observed ?? string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{verdict.Failed} of {verdict.Checked} fail"));
        WriteParameters(writer, verdict);
        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, Verdict verdict)
    {
        if (verdict.Parameters.Count == 0)
            return;
        writer.WriteStartObject("params");
        foreach (var parameter in verdict.Parameters)
        {
            writer.WritePropertyName(parameter.Name);
            writer.WriteRawValue(parameter.Json);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ColumnProfile column)
    {
        writer.WriteStartObject(column.Name);
        writer.WriteNumber("nullCount", column.Nulls);
        writer.WriteNumber("count", column.Rows - column.Nulls);
        if (column.Distinct is { } distinct)
            writer.WriteNumber("distinctCount", distinct);
        if (column.Numbers is { Count: > 0 } numbers)
        {
            Write(writer, "sum", numbers.Sum);
            Write(writer, "min", numbers.Min);
            Write(writer, "max", numbers.Max);
            writer.WriteStartObject("quantiles");
            foreach (var share in Quantiles)
                Write(writer, share.ToString(System.Globalization.CultureInfo.InvariantCulture), numbers.Quantile(share));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>A number, left out where JSON has none for it.</summary>
    private static void Write(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value && double.IsFinite(value))
            writer.WriteNumber(name, value);
    }
}
