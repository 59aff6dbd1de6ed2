using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataEngineX.Quality;

/// <summary>Keeps back the values of some columns.</summary>
internal sealed class ColumnMask
{
    /// <summary>What stands in the place of a value.</summary>
    public const string Masked = "(masked)";

    private const string MaskedJson = $"\"{Masked}\"";
    private readonly HashSet<string> _columns;

    public ColumnMask(IEnumerable<string> columns) => _columns = columns.ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _columns.Count == 0;

    /// <summary>Whether a rule looked at one of the columns. A verdict that was written before verdicts listed them has them in one text.</summary>
    public bool Hides(Verdict verdict) => !IsEmpty
        && (verdict.Columns.Count > 0 ? verdict.Columns : verdict.Column is { } column ? [column, .. column.Split(", ")] : Array.Empty<string>()).Any(_columns.Contains);

    public bool Hides(string column) => _columns.Contains(column);

    /// <summary>A row filter, whose literals tell values; masked where it names one of the columns, however it is written.</summary>
    public string? Filter(string? where) =>
        where is not null && _columns.Any(c => where.Contains(c, StringComparison.OrdinalIgnoreCase)) ? Masked : where;

    public Verdict Apply(Verdict verdict)
    {
        var isHidden = Hides(verdict);
        verdict = verdict with
        {
            Where = Filter(verdict.Where),
            Group = [.. verdict.Group.Select(Apply)],
            Samples = [.. verdict.Samples.Select(s => Apply(s, isHidden))],
        };
        return !isHidden ? verdict : verdict with
        {
            Observed = verdict.Observed is null ? null : Masked,
            ObservedJson = verdict.ObservedJson is null ? null : MaskedJson,
            Message = verdict.Message is null ? null : Masked,
            Details = [.. verdict.Details.Select(static d => d with { Json = MaskedJson })],
            CommonValues = [],
        };
    }

    /// <summary>A rule, whose expectation as it was written may hold a row filter too.</summary>
    public SuiteRule Apply(SuiteRule rule)
    {
        if (rule.Imported is not { } imported || JsonNode.Parse(imported.Kwargs) is not JsonObject arguments
            || arguments["row_condition"] is not { } condition || Filter(condition.ToJsonString()) != Masked)
            return rule;
        arguments["row_condition"] = Masked;
        return rule with { Imported = imported with { Kwargs = arguments.ToJsonString() } };
    }

    private VerdictField Apply(VerdictField field) => Hides(field.Name) ? field with { Json = MaskedJson } : field;

    private VerdictSample Apply(VerdictSample sample, bool isHidden)
    {
        sample = sample with { Keys = [.. sample.Keys.Select(Apply)] };
        return !isHidden ? sample : sample with { Value = sample.Value is null ? null : Masked, Json = MaskedOf(sample.Json) };
    }

    /// <summary>What keeps its shape: the values of several columns are an object.</summary>
    private static string? MaskedOf(string? json)
    {
        if (json is null or "null")
            return json;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Object ? MaskedJson : CellText.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var value in document.RootElement.EnumerateObject())
                writer.WriteString(value.Name, Masked);
            writer.WriteEndObject();
        });
    }
}
