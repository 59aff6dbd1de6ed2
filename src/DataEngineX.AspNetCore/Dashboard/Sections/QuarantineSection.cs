namespace DataEngineX.AspNetCore;

/// <summary>Rows set aside last.</summary>
internal sealed class QuarantineSection : ISection
{
    private const int ShownPerPipeline = 8;

    public string Id => "quarantine";

    public string Title => "Quarantine";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        var tables = (await data.DatasetsAsync(cancellationToken).ConfigureAwait(false))
            .Where(d => d.Snapshot.Id.Layer == Layer.Quarantine && d.Snapshot.RowCount is not 0).ToList();
        if (tables.Count == 0)
        {
            html.Empty("No row has been set aside.");
            return;
        }

        foreach (var quarantine in tables)
        {
            var preview = await PreviewReader.ReadAsync(quarantine.Table, quarantine.Snapshot, ShownPerPipeline, cancellationToken).ConfigureAwait(false);
            var rows = await quarantine.Table.CountRowsAsync(quarantine.Snapshot.Version, cancellationToken).ConfigureAwait(false);
            var name = quarantine.Snapshot.Id.Name;
            html.Add($"<h3>{name}</h3>");
            html.OpenTable($"quarantine-{name}", $"Rows of {name} set aside last, newest first, of {Formats.Count(rows)} in all", "File", "#Line", "Column", "Value", "Rule", "Reason");
            foreach (var row in preview.Rows.Reverse())
            {
                html.Add($"<tr><td>{Cell(row, QuarantineSchema.File)}</td><td class=\"number\">{Cell(row, QuarantineSchema.Line)}</td><td>{Cell(row, QuarantineSchema.Column)}</td>");
                html.Add($"<td><code>{Cell(row, QuarantineSchema.Value)}</code></td><td>{Cell(row, QuarantineSchema.Rule)}</td><td class=\"wide\">{Cell(row, QuarantineSchema.Reason)}</td></tr>");
            }

            html.CloseTable();
        }
    }

    private static string Cell(IReadOnlyDictionary<string, object?> row, string column) =>
        Formats.Shorten(Convert.ToString(row.GetValueOrDefault(column), System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "–", 200);
}
