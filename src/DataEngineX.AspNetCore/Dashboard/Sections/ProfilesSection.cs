namespace DataEngineX.AspNetCore;

/// <summary>What the columns of each profiled table look like.</summary>
internal sealed class ProfilesSection : ISection
{
    public string Id => "profiles";

    public string Title => "Profiles";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var isEmpty = true;
        foreach (var dataset in await data.DatasetsAsync(cancellationToken).ConfigureAwait(false))
        {
            var name = dataset.Snapshot.Id.ToString();
            if (data.Face.Profiles is null || await data.Face.Profiles.FindAsync(dataset.Snapshot.Id, cancellationToken).ConfigureAwait(false) is not { } kept)
                continue;
            isEmpty = false;
            html.Add($"<h3>{name}</h3>");
            html.OpenTable($"profile-{name}", $"The columns of {name}, version {kept.Version}, {Formats.Count(kept.Profile.Rows)} rows", "Column", "Type", "#Null", "#Distinct", "Least", "Greatest", "#Mean");
            foreach (var column in kept.Profile.Columns)
            {
                html.Add($"<tr><th scope=\"row\">{column.Name}</th><td>{column.Type}</td><td class=\"number\">{Formats.Count(column.Nulls)}</td>");
                html.Add($"<td class=\"number\">{(column.Distinct is { } distinct ? $"{(column.IsDistinctExact ? "" : "about ")}{Formats.Count(distinct)}" : "–")}</td>");
                html.Add($"<td>{Formats.Shorten(column.Min ?? "–", 40)}</td><td>{Formats.Shorten(column.Max ?? "–", 40)}</td><td class=\"number\">{Formats.Number(column.Numbers?.Mean)}</td></tr>");
            }

            html.CloseTable();
            var alerts = kept.Profile.Alerts();
            if (alerts.Count > 0)
            {
                html.Add($"<details id=\"alerts-{name}\"><summary>{alerts.Count} worth a look in {name}</summary><ul>");
                foreach (var alert in alerts.Take(50))
                    html.Add($"<li>{Formats.Shorten(alert.Message, 200)}</li>");
                html.Add($"</ul></details>");
            }
        }

        if (isEmpty)
            html.Empty("No table has been profiled yet.");
    }
}
