namespace DataEngineX.AspNetCore;

/// <summary>Forecasts against what came true, and the running error beside that of baselines.</summary>
internal sealed class ForecastSection : ISection
{
    private const int DaysShown = 60;

    public string Id => "forecast";

    public string Title => "Forecast against actual";

    public async ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken)
    {
        if (data.Face.Performance.Count == 0)
            html.Empty("No model of this host is watched.");
        for (var i = 0; i < data.Face.Performance.Count; i++)
        {
            var report = await data.Face.Performance[i].GetAsync(cancellationToken).ConfigureAwait(false);
            WriteErrors(html, report, $"errors-{i}");
            WriteCharts(html, report, $"chart-{i}");
        }
    }

    private static void WriteErrors(HtmlWriter html, PerformanceReport report, string id)
    {
        html.Add($"<h3>{report.Model}</h3>");
        if (report.MeanAbsoluteError is not { } error)
        {
            html.Empty("No forecast has met its actual value yet.");
            return;
        }

        html.OpenTable(id, $"Mean absolute error over {Formats.Count(report.Forecasts)} forecasts with known actuals", "Who", "#Error", "#Model is better by");
        html.Add($"<tr><th scope=\"row\">{report.Model}</th><td class=\"number\">{Formats.Number(error)}</td><td class=\"number\">–</td></tr>");
        foreach (var (name, baseline) in report.Baselines.OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            var gain = baseline > 0 ? 100 * (1 - (error / baseline)) : double.NaN;
            html.Add($"<tr><th scope=\"row\">{name}</th><td class=\"number\">{Formats.Number(baseline)}</td>");
            html.Add($"<td class=\"number\">{(double.IsFinite(gain) ? gain.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + " %" : "–")}</td></tr>");
        }

        html.CloseTable();
    }

    private static void WriteCharts(HtmlWriter html, PerformanceReport report, string id)
    {
        var keys = report.Recent.GroupBy(o => o.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (keys.Count == 0)
            return;
        html.Add($"<div class=\"charts\">");
        for (var i = 0; i < keys.Count; i++)
        {
            var outcomes = keys[i].OrderByDescending(o => o.For).Take(DaysShown).Reverse().ToList();
            ForecastChart.Write(html, $"{id}-{i}", keys[i].Key, outcomes);
        }

        html.Add($"</div>");
    }
}
