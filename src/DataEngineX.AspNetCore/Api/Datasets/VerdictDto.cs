using System.Text.Json;

namespace DataEngineX.AspNetCore;

/// <summary>What one rule found.</summary>
internal sealed record VerdictDto(
    string Rule,
    string? Column,
    string Outcome,
    long Checked,
    long Failed,
    string Severity,
    string? Expectation,
    double? Mostly,
    string? Observed,
    string? Message,
    IReadOnlyList<VerdictSampleDto> Samples)
{
    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required string? Where { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Group { get; init; }

    public required long Elements { get; init; }

    public required long Missing { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Details { get; init; }

    public required IReadOnlyList<VerdictValueDto> CommonValues { get; init; }

    public static VerdictDto Of(Verdict verdict) => new(
        verdict.Rule,
        verdict.Column,
        Words.Of(verdict.Outcome),
        verdict.Checked,
        verdict.Failed,
        Words.Of(verdict.Severity),
        verdict.Expectation,
        JsonNumber.Finite(verdict.Mostly),
        verdict.Observed,
        verdict.Message,
        [.. verdict.Samples.Select(s => new VerdictSampleDto(s.Row, s.Value, s.File, s.Line, Fields(s.Keys)))])
    {
        Columns = verdict.Columns,
        Tags = verdict.Tags,
        Where = verdict.Where,
        Group = Fields(verdict.Group),
        Elements = verdict.Elements,
        Missing = verdict.Missing,
        Details = Fields(verdict.Details),
        CommonValues = [.. verdict.CommonValues.Select(v => new VerdictValueDto(v.Value, v.Count))],
    };

    private static Dictionary<string, JsonElement> Fields(IReadOnlyList<VerdictField> fields)
    {
        var values = new Dictionary<string, JsonElement>(fields.Count, StringComparer.Ordinal);
        foreach (var field in fields)
            values[field.Name] = Parse(field.Json);
        return values;
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
