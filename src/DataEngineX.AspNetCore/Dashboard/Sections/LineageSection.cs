namespace DataEngineX.AspNetCore;

/// <summary>Column lineage of each dataset.</summary>
internal sealed class LineageSection : ISection
{
    public string Id => "lineage";

    public string Title => "Column lineage";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var lineages = new List<DatasetLineage>();
        foreach (var dataset in await data.DatasetsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (dataset.Evidence?.Lineage is { } lineage)
                lineages.Add(lineage);
        }

        foreach (var pipeline in data.Face.Pipelines.Pipelines.Where(p => p.Target.Dataset.Layer is null))
        {
            if ((await data.Face.Metadata.GetEvidenceAsync(pipeline.Target.Dataset, cancellationToken).ConfigureAwait(false))?.Lineage is { } lineage)
                lineages.Add(lineage);
        }

        if (lineages.Count == 0)
            html.Empty("Nothing has been published yet.");
        foreach (var lineage in lineages)
            Write(html, lineage);
    }

    private static void Write(HtmlWriter html, DatasetLineage lineage)
    {
        var name = lineage.Dataset.ToString();
        html.Add($"<details id=\"lineage-{name}\"><summary>{name} <span class=\"note\">from {string.Join(", ", lineage.Inputs)} by {lineage.Pipeline}</span></summary>");
        html.OpenTable($"lineage-{name}-columns", $"Where each column of {name} comes from", "Column", "Comes from");
        foreach (var column in lineage.Columns)
        {
            html.Add($"<tr><th scope=\"row\">{column.Name}</th><td>");
            Origins(html, column.From);
            html.Add($"</td></tr>");
        }

        html.CloseTable();
        if (lineage.Indirect.Count > 0)
        {
            html.Add($"<p>Which rows there are was decided by:</p>");
            Origins(html, lineage.Indirect);
        }

        html.Add($"</details>");
    }

    private static void Origins(HtmlWriter html, IReadOnlyList<ColumnOrigin> origins)
    {
        if (origins.Count == 0)
        {
            html.Add($"<span class=\"none\">no column</span>");
            return;
        }

        html.Add($"<ul class=\"origins\">");
        foreach (var origin in origins)
            html.Add($"<li><code>{origin.Dataset}.{origin.Column}</code> <span class=\"note\">{Words.Of(origin.Kind)}</span></li>");
        html.Add($"</ul>");
    }
}
