namespace DataEngineX.Quality.Reports;

/// <summary>Writes the part of an HTML report that describes the data: a line a column, then each column with its histogram and most common values.</summary>
internal sealed class ProfileSection(Profile profile, ReportOptions options)
{
    private const int Bins = 24;
    private const int MaxValues = 10;
    private static readonly double[] Quartiles = [0.25, 0.5, 0.75];
    private readonly HashSet<string> _masked = options.MaskedColumns.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns, each part small enough to be left out by itself.</summary>
    public IEnumerable<HtmlWriter> Columns => profile.Columns.Select(Column);

    /// <summary>What stands above them.</summary>
    public HtmlWriter Head()
    {
        var html = new HtmlWriter().OpenCard("profile", "Profile");
        html.Add($"<dl class=\"facts\"><dt>Rows</dt><dd>{ReportWords.Count(profile.Rows)}</dd><dt>Columns</dt><dd>{ReportWords.Count(profile.Columns.Count)}</dd>");
        html.Add($"<dt>Rows with a null</dt><dd>{ReportWords.Count(profile.RowsWithNull)}</dd>");
        if (profile.DuplicateRows is { } duplicates)
            html.Add($"<dt>Duplicate rows</dt><dd>{(profile.AreDuplicatesExact ? "" : "about ")}{ReportWords.Count(duplicates)}</dd>");
        html.Add($"</dl>");
        var alerts = profile.Alerts().Where(a => a.Column is null || !_masked.Contains(a.Column)).ToList();
        if (alerts.Count > 0)
        {
            html.Add($"<p>Worth a look:</p><ul>");
            foreach (var alert in alerts.Take(50))
                html.Add($"<li>{ReportWords.Shorten(alert.Message, options.MaxValueLength)}</li>");
            html.Add($"</ul>");
        }

        return html;
    }

    private HtmlWriter Column(ColumnProfile column, int number)
    {
        var html = new HtmlWriter();
        var isMasked = _masked.Contains(column.Name);
        html.Add($"<section class=\"rule\" id=\"column-{number}\" aria-labelledby=\"column-{number}-title\"><h3 id=\"column-{number}-title\">{Short(column.Name)} <span class=\"note\">{column.Type}</span></h3>");
        html.Add($"<dl class=\"facts\">");
        Fact(html, "Null", $"{ReportWords.Count(column.Nulls)} of {ReportWords.Count(column.Rows)}");
        Fact(html, "Distinct", column.DistinctTold is ({ } distinct, var isExact) ? $"{(isExact ? "" : "about ")}{ReportWords.Count(distinct)}" : null);
        if (isMasked)
            return html.Add($"<dt>Values</dt><dd>(masked)</dd></dl></section>");
        WriteFacts(html, column);
        html.Add($"</dl><div class=\"tables\">");
        if (column.Numbers is { Count: > 0 } numbers)
            WriteHistogram(html, column, numbers.Histogram(Bins));
        else if (column.Times is { Min: not null } times)
            WriteHistogram(html, column, times.Histogram(Bins));
        Values(html, $"column-{number}-values", "Most common values", column.TopValues(MaxValues));
        if (column.Text is { } text)
            Values(html, $"column-{number}-patterns", "Most common patterns: A and a are letters, 9 is a digit", text.Patterns(MaxValues));
        return html.Add($"</div></section>");
    }

    private void WriteFacts(HtmlWriter html, ColumnProfile column)
    {
        Fact(html, "Least", column.Min);
        Fact(html, "Greatest", column.Max);
        if (column.Numbers is { } numbers)
        {
            Fact(html, "Mean", Number(numbers.Mean));
            Fact(html, "Standard deviation", Number(numbers.StandardDeviation));
            Fact(html, "Quartiles", string.Join(" · ", Quartiles.Select(q => Number(numbers.Quantile(q)) ?? "–")));
            Fact(html, "Zero", ReportWords.Count(numbers.Zeros));
            Fact(html, "Negative", ReportWords.Count(numbers.Negatives));
            Fact(html, "NaN", numbers.NaNs == 0 ? null : ReportWords.Count(numbers.NaNs));
        }

        if (column.Trues is { } trues)
            Fact(html, "True", ReportWords.Count(trues));
        if (column.Text is { } text)
        {
            Fact(html, "Length", text.Lengths is { Min: { } min, Max: { } max } ? $"{min} to {max}" : null);
            Fact(html, "Empty", ReportWords.Count(text.Empty));
            Fact(html, "Looks like", text.SemanticType?.ToString().ToLowerInvariant());
        }
    }

    private static void WriteHistogram(HtmlWriter html, ColumnProfile column, IReadOnlyList<HistogramBin> bins)
    {
        if (bins.Count > 0)
            ReportCharts.Histogram(html, column.Name, bins, column.Max ?? "");
    }

    private void Values(HtmlWriter html, string id, string title, IReadOnlyList<CountedValue> values)
    {
        if (values.Count == 0)
            return;
        html.OpenTable(id, title, "Value", "#Rows");
        foreach (var value in values)
        {
            html.Add($"<tr><th scope=\"row\">").Value(Short(value.Value));
            html.Add($"</th><td class=\"number\">{(value.Error > 0 ? "at least " : "")}{ReportWords.Count(value.Count)}</td></tr>");
        }

        html.CloseTable();
    }

    private void Fact(HtmlWriter html, string name, string? value)
    {
        if (value is not null)
            html.Add($"<dt>{name}</dt><dd>{Short(value)}</dd>");
    }

    private static string? Number(double? number) => number?.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);

    private string Short(string text) => ReportWords.Shorten(text, options.MaxValueLength);
}
