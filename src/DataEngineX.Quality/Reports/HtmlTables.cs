#if DATAENGINEX_DASHBOARD
namespace DataEngineX.AspNetCore;
#else
namespace DataEngineX.Quality.Reports;
#endif

/// <summary>What all tables of reports and of the dashboard have.</summary>
internal static class HtmlTables
{
    /// <summary>The head of a table, and the beginning of its body. A column whose name starts with # holds numbers.</summary>
    public static HtmlWriter Columns(this HtmlWriter html, params ReadOnlySpan<string> columns)
    {
        html.Add($"<thead><tr>");
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

    /// <summary>A card of the page, named by its heading.</summary>
    public static HtmlWriter OpenCard(this HtmlWriter html, string id, string title) =>
        html.Add($"<section id=\"{id}\" class=\"card\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{title}</h2>");

    public static HtmlWriter CloseCard(this HtmlWriter html) => html.Add($"</section>");

    /// <summary>A state in words, with a sign before it; colour only underlines it.</summary>
    public static HtmlWriter State(this HtmlWriter html, string tone, string sign, string words) =>
        html.Add($"<span class=\"state {tone}\"><span aria-hidden=\"true\">{sign}</span> {words}</span>");
}
