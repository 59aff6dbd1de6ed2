namespace DataEngineX.Quality.Reports;

/// <summary>Pieces that several parts of an HTML report share.</summary>
internal static class ReportParts
{
    /// <summary>Opens a table that scrolls by itself where the screen is narrow, by keyboard too. A column whose name starts with # holds numbers.</summary>
    public static HtmlWriter OpenTable(this HtmlWriter html, string id, string caption, params ReadOnlySpan<string> columns) =>
        html.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-caption\"><table id=\"{id}\"><caption id=\"{id}-caption\">{caption}</caption>")
            .Columns(columns);

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
        return html.State(tone, sign, ReportWords.Of(verdict.Outcome));
    }
}
