namespace DataEngineX.Quality.Reports;

/// <summary>Writes what one rule found: its reason and its samples.</summary>
internal static class RuleDetail
{
    public static HtmlWriter Write(ReportRule rule, string classes)
    {
        var html = new HtmlWriter();
        var verdict = rule.Verdict;
        html.Add($"<section class=\"rule {classes}\" id=\"rule-{rule.Number}\" aria-labelledby=\"rule-{rule.Number}-title\"><h3 id=\"rule-{rule.Number}-title\">");
        html.Add($"{verdict.Rule}{(verdict.Column is { } column ? $" of {column}" : "")}</h3><p>").State(verdict);
        html.Add($" {rule.Expectation}</p>");
        if (rule.Message is { } message)
            html.Add($"<p>Reason: <code>{message}</code></p>");
        html.Add($"<div class=\"tables\">");
        if (rule.Samples.Count > 0)
            WriteSamples(html, rule);
        return html.Add($"</div></section>");
    }

    private static void WriteSamples(HtmlWriter html, ReportRule rule)
    {
        var hasFiles = rule.Samples.Any(static s => s.File is not null);
        string[] columns = ["#Row", .. hasFiles ? ["File", "#Line"] : Array.Empty<string>(), "Value"];
        var caption = rule.Verdict.Failed > rule.Samples.Count
            ? $"The first {rule.Samples.Count} of {ReportWords.Count(rule.Verdict.Failed)} rows that do not hold"
            : "All rows that do not hold";
        html.OpenTable($"rule-{rule.Number}-samples", caption, columns);
        foreach (var sample in rule.Samples)
        {
            html.Add($"<tr><th scope=\"row\" class=\"number\">{sample.Row}</th>");
            if (hasFiles)
                html.Add($"<td>{sample.File ?? "–"}</td><td class=\"number\">{sample.Line?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–"}</td>");
            html.Add($"<td>").Value(sample.Value).Add($"</td></tr>");
        }

        html.CloseTable();
    }
}
