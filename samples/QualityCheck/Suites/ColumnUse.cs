using System.Text.Json;
using DataEngineX.Quality;
using QualityCheck.Data;

namespace QualityCheck.Suites;

/// <summary>How a suite looks at columns, which says how the columns of a text file are best read.</summary>
/// <remarks>
/// CSV has no types and JSON no times, so that what a text means follows from what is asked of it: a code such as 007 or 2024-01-31 that a pattern is
/// held against is a text, one that is compared with days is a day.
/// </remarks>
internal static class ColumnUse
{
    private static readonly HashSet<string> Textual = new(StringComparer.Ordinal)
    {
        "regex", "not_regex", "like", "not_like", "length", "time_format", "date_text", "json_text", "format",
    };

    private static readonly HashSet<string> ByMember = new(StringComparer.Ordinal)
    {
        "in_set", "not_in_set", "distinct_in_set", "distinct_contain", "distinct_equal", "most_common", "pair_in_set",
    };

    private static readonly HashSet<string> Either = new(StringComparer.Ordinal)
    {
        "not_null", "null", "unique", "column_exists", "completeness", "distinct_in_row", "distinct_count", "distinct_share",
        "in_reference", "not_in_reference",
    };

    /// <summary>What the rules of a suite say about columns.</summary>
    public static ColumnHints Of(Suite suite)
    {
        var uses = suite.Rules.SelectMany(r => r.Rule.Columns.Select(c => (Column: c, Use: Of(r.Rule)))).ToLookup(u => u.Column, u => u.Use, StringComparer.Ordinal);
        return new ColumnHints
        {
            Named = [.. uses.Select(u => u.Key)],
            Texts = uses.Where(u => u.Contains(Use.Text)).Select(u => u.Key).ToHashSet(StringComparer.Ordinal),
            Values = uses.Where(u => u.Contains(Use.Value) && !u.Contains(Use.Text)).Select(u => u.Key).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static Use Of(Rule rule)
    {
        if (Textual.Contains(rule.Name))
            return Use.Text;
        if (ByMember.Contains(rule.Name))
            return rule.Parameters.Any(static p => HasText(p.Json)) ? Use.Text : Use.Value;
        if (rule.Name == "of_type")
            return rule.Parameters.Any(static p => IsTime(p.Json)) ? Use.Value : Use.Either;
        return Either.Contains(rule.Name) ? Use.Either : Use.Value;
    }

    private static bool IsTime(string json) => json.Contains("date", StringComparison.OrdinalIgnoreCase) || json.Contains("time", StringComparison.OrdinalIgnoreCase);

    private static bool HasText(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array && HasText(document.RootElement);
    }

    private static bool HasText(JsonElement value) => value.ValueKind == JsonValueKind.String
        || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(HasText));

    private enum Use
    {
        Either,
        Text,
        Value,
    }
}
