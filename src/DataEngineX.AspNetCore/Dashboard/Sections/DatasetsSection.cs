namespace DataEngineX.AspNetCore;

/// <summary>Datasets with their freshness.</summary>
internal sealed class DatasetsSection : ISection
{
    public string Id => "datasets";

    public string Title => "Datasets";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var datasets = await data.DatasetsAsync(cancellationToken).ConfigureAwait(false);
        if (datasets.Count == 0)
        {
            html.Empty("No table has a version yet.");
            return;
        }

        html.OpenTable("datasets", "All tables (times in UTC; age is by event time)", "Dataset", "Freshness", "Age", "Promised", "#Rows", "#Version", "Committed");
        foreach (var dataset in datasets)
        {
            var freshness = dataset.Freshness;
            html.Add($"<tr><th scope=\"row\">{dataset.Snapshot.Id}</th><td>");
            if (freshness.WithinSeconds is { } within)
            {
                html.State(freshness.State).Add($"</td><td>{(freshness.AgeSeconds is { } age ? Formats.Duration(age) : "–")}</td>");
                html.Add($"<td>{freshness.Column} within {Formats.Duration(within)}</td>");
            }
            else
            {
                html.Add($"<span class=\"none\">no promise</span></td><td>–</td><td>–</td>");
            }

            html.Add($"<td class=\"number\">{(dataset.Snapshot.RowCount is { } rows ? Formats.Count(rows) : "–")}</td><td class=\"number\">{dataset.Snapshot.Version}</td><td>");
            html.Time(freshness.CommittedAt).Add($"</td></tr>");
        }

        html.CloseTable();
    }
}
