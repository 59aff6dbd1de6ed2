namespace DataEngineX.Quality.Reports;

/// <summary>Pieces that several parts of an HTML report share.</summary>
internal static class ReportParts
{
    public static HtmlWriter OpenCard(this HtmlWriter html, string id, string title) =>
        html.Add($"<section id=\"{id}\" class=\"card\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{title}</h2>");

    public static HtmlWriter CloseCard(this HtmlWriter html) => html.Add($"</section>");

    /// <summary>Opens a table that scrolls by itself where the screen is narrow, by keyboard too. A column whose name starts with # holds numbers.</summary>
    public static HtmlWriter OpenTable(this HtmlWriter html, string id, string caption, params ReadOnlySpan<string> columns)
    {
        html.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-caption\"><table id=\"{id}\"><caption id=\"{id}-caption\">{caption}</caption><thead><tr>");
        foreach (var column in columns)
        {
            if (column.StartsWith('#'))
                html.Add($"<th scope=\"col\" class=\"number\">{column[1..]}</th>");
            else
                html.Add($"<th scope=\"col\">{column}</th>");
        }

        return html.Add($"</tr></thead><tbody>");
    }

    public static HtmlWriter CloseTable(this HtmlWriter html) => html.Add($"</tbody></table></div>");

    /// <summary>A value of the data, or that there is none.</summary>
    public static HtmlWriter Value(this HtmlWriter html, string? value) => value is null
        ? html.Add($"<span class=\"plain\">null</span>")
        : html.Add($"<code>{value}</code>");

    /// <summary>An outcome in words, with a sign before it; colour only underlines it.</summary>
    public static HtmlWriter State(this HtmlWriter html, Verdict verdict)
    {
        var (tone, sign) = verdict.Outcome switch
        {
            VerdictOutcome.Pass => ("good", "✓"),
            VerdictOutcome.NotEvaluated => ("plain", "·"),
            _ when verdict.Severity <= Severity.Warning => ("warn", "!"),
            _ => ("bad", "✕"),
        };
        return html.Add($"<span class=\"state {tone}\"><span aria-hidden=\"true\">{sign}</span> {ReportWords.Of(verdict.Outcome)}</span>");
    }
}
