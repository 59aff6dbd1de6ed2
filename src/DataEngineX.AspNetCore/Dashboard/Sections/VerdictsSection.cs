namespace DataEngineX.AspNetCore;

/// <summary>Verdicts of the newest version of each dataset.</summary>
internal sealed class VerdictsSection : ISection
{
    public string Id => "verdicts";

    public string Title => "Verdicts";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var judged = (await data.DatasetsAsync(cancellationToken).ConfigureAwait(false)).Where(d => d.Evidence is { Verdicts.Count: > 0 }).ToList();
        if (judged.Count == 0)
            html.Empty("No gate has judged anything yet.");
        foreach (var dataset in judged)
        {
            var name = dataset.Snapshot.Id.ToString();
            html.Add($"<h3>{name}</h3><p>").Report(dataset.Evidence!.RunId, name).Add($"</p>");
            html.OpenTable($"verdicts-{name}", $"What the gates found in {name}, version {dataset.Evidence.Version}", "Rule", "Column", "Outcome", "Severity", "#Checked", "#Failed", "Observed");
            foreach (var verdict in dataset.Evidence.Verdicts)
            {
                html.Add($"<tr><th scope=\"row\">{verdict.Rule}</th><td>{verdict.Column ?? "–"}</td><td>").State(Words.Of(verdict.Outcome));
                html.Add($"</td><td>{Words.Of(verdict.Severity)}</td><td class=\"number\">{Formats.Count(verdict.Checked)}</td>");
                html.Add($"<td class=\"number\">{Formats.Count(verdict.Failed)}</td><td class=\"wide\">{Formats.Shorten(verdict.Message ?? verdict.Observed ?? verdict.Expectation, 200)}</td></tr>");
            }

            html.CloseTable();
        }
    }
}
