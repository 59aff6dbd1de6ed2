namespace DataEngineX.AspNetCore;

/// <summary>The health strip.</summary>
internal sealed class HealthSection : ISection
{
    public string Id => "health";

    public string Title => "Health";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var report = await data.HealthAsync(cancellationToken).ConfigureAwait(false);
        html.Add($"<ul class=\"strip\"><li><span class=\"label\">Host</span> ").State(Words.Of(report.Status)).Add($"</li>");
        foreach (var (name, entry) in report.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            html.Add($"<li><span class=\"label\">{name}</span> ").State(Words.Of(entry.Status));
            if (!string.IsNullOrEmpty(entry.Description))
                html.Add($" <span class=\"note\">{Formats.Shorten(entry.Description, 160)}</span>");
            html.Add($"</li>");
        }

        html.Add($"</ul>");
    }
}
