using System.Globalization;

namespace DataEngineX.Quality.Reports;

/// <summary>Writes what one rule found: its reason, what else it observed, samples and the most common failing values.</summary>
internal static class RuleDetail
{
    /// <summary>Whether there is more to say of a rule than its row in the table does.</summary>
    public static bool IsNeeded(ReportRule rule) =>
        rule.Samples.Count > 0 || rule.CommonValues.Count > 0 || rule.Message is not null || (rule.Details.Count > 0 && rule.Verdict.Outcome != VerdictOutcome.Pass);

    public static HtmlWriter Write(ReportRule rule, string classes)
    {
        var html = new HtmlWriter();
        var verdict = rule.Verdict;
        html.Add($"<section class=\"rule {classes}\" id=\"rule-{rule.Number}\" aria-labelledby=\"rule-{rule.Number}-title\"><h3 id=\"rule-{rule.Number}-title\">");
        html.Add($"{rule.Subject}</h3><p>").State(verdict);
        html.Add($" {rule.Expectation}{(rule.Where is { } where ? $", where {where}" : "")}</p>");
        if (rule.Message is { } message)
            html.Add($"<p>Reason: <code>{message}</code></p>");
        foreach (var threshold in verdict.Thresholds)
            html.Add($"<p>{ReportWords.Of(threshold.Severity)} below {ReportWords.Percent(threshold.Mostly)}: {(threshold.Passed ? "reached" : "not reached")}</p>");
        WriteDetails(html, rule);
        html.Add($"<div class=\"tables\">");
        WriteSamples(html, rule);
        WriteCommonValues(html, rule);
        return html.Add($"</div></section>");
    }

    private static void WriteDetails(HtmlWriter html, ReportRule rule)
    {
        if (rule.Details.Count == 0)
            return;
        html.Add($"<dl class=\"facts\">");
        foreach (var detail in rule.Details)
            html.Add($"<dt>{detail.Name}</dt><dd><code>{detail.Json}</code></dd>");
        html.Add($"</dl>");
    }

    private static void WriteSamples(HtmlWriter html, ReportRule rule)
    {
        if (rule.Samples.Count == 0)
            return;
        var hasFiles = rule.Samples.Any(static s => s.File is not null);
        var keys = rule.Samples[0].Keys.Select(static k => k.Name).ToList();
        string[] columns = ["#Row", .. hasFiles ? ["File", "#Line"] : Array.Empty<string>(), .. keys, "Value"];
        html.OpenTable($"rule-{rule.Number}-samples", ReportWords.SamplesTitle(rule), columns);
        foreach (var sample in rule.Samples)
        {
            html.Add($"<tr><th scope=\"row\" class=\"number\">{sample.Row}</th>");
            if (hasFiles)
                html.Add($"<td>{sample.File ?? "–"}</td><td class=\"number\">{sample.Line?.ToString(CultureInfo.InvariantCulture) ?? "–"}</td>");
            for (var i = 0; i < keys.Count; i++)
                html.Add($"<td>").Value(i < sample.Keys.Count ? sample.Keys[i].Json : null).Add($"</td>");
            html.Add($"<td>").Value(sample.Value).Add($"</td></tr>");
        }

        html.CloseTable();
    }

    private static void WriteCommonValues(HtmlWriter html, ReportRule rule)
    {
        if (rule.CommonValues.Count == 0)
            return;
        html.OpenTable($"rule-{rule.Number}-values", "The most common values that do not hold", "Value", "#Rows");
        foreach (var value in rule.CommonValues)
        {
            html.Add($"<tr><th scope=\"row\">").Value(value.Value);
            html.Add($"</th><td class=\"number\">{ReportWords.Count(value.Count)}</td></tr>");
        }

        html.CloseTable();
    }
}
