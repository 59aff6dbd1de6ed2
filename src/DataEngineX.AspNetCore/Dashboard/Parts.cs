namespace DataEngineX.AspNetCore;

/// <summary>Pieces that several sections share.</summary>
internal static class Parts
{
    /// <summary>Opens a table that scrolls by itself where the screen is narrow, by keyboard too.</summary>
    public static HtmlWriter OpenTable(this HtmlWriter html, string id, string caption, params ReadOnlySpan<string> columns) =>
        html.Add($"<div id=\"{id}-scroll\" class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-caption\"><table><caption id=\"{id}-caption\">{caption}</caption>")
            .Columns(columns);

    public static HtmlWriter Empty(this HtmlWriter html, string text) => html.Add($"<p class=\"empty\">{text}</p>");

    /// <summary>A link to the quality report of a run: the page's own address with a question, which holds wherever the page is seen.</summary>
    public static HtmlWriter Report(this HtmlWriter html, string runId, string of) =>
        html.Add($"<a href=\"?report={Uri.EscapeDataString(runId)}\" aria-label=\"Report of {of}\">report</a>");

    public static HtmlWriter Time(this HtmlWriter html, DateTimeOffset? instant) => instant is { } at
        ? html.Add($"<time datetime=\"{Formats.Machine(at)}\">{Formats.Instant(at)}</time>")
        : html.Add($"<span class=\"none\">–</span>");

    /// <summary>A state in words, with a sign before it; colour only underlines it.</summary>
    public static HtmlWriter State(this HtmlWriter html, string state)
    {
        var (tone, sign) = state switch
        {
            "succeeded" or "pass" or "healthy" or "fresh" => ("good", "✓"),
            "failed" or "fail" or "error" or "unhealthy" => ("bad", "✕"),
            "degraded" or "stale" or "cancelled" => ("warn", "!"),
            "running" => ("busy", "▸"),
            _ => ("plain", "·"),
        };
        return html.State(tone, sign, state == "notEvaluated" ? "not evaluated" : state);
    }
}
