namespace DataEngineX.AspNetCore;

/// <summary>The page around the main part.</summary>
internal static class PageFrame
{
    public static string Write(StatusFragment fragment, string below, string host)
    {
        var html = new HtmlWriter();
        html.Add($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{host}: status</title>");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">");
        html.Add($"<link rel=\"icon\" href=\"{below}assets/icon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"{below}assets/dex.css\">");
        html.Add($"<script type=\"module\" src=\"{below}assets/dex.js\"></script></head><body>");
        html.Add($"<a class=\"skip\" href=\"#main\">Skip to content</a><header><h1>{host}</h1>");
        html.Add($"<p id=\"live\" class=\"note\" role=\"status\">Reload the page for newer values.</p><nav aria-label=\"Sections\"><ul>");
        foreach (var (id, title) in StatusPage.Contents)
            html.Add($"<li><a href=\"#{id}\">{title}</a></li>");
        html.Add($"</ul></nav></header>");
        return html.ToString() + fragment.Html + "<footer><p class=\"note\">DataEngineX</p></footer></body></html>";
    }
}
