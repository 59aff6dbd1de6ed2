using System.Globalization;
using System.Text;

namespace DataEngineX.Quality.Reports;

/// <summary>Small drawings as SVG. What they show is also told in words, in their title or in a table beside them.</summary>
internal static class ReportCharts
{
    private const int MaxPoints = 30;

    /// <summary>The share that held in the last checks, as a line from 0 to 100 %; nothing where there is only one.</summary>
    public static void Trend(HtmlWriter html, IReadOnlyList<TrendPoint> trend)
    {
        var points = trend.Count > MaxPoints ? [.. trend.Skip(trend.Count - MaxPoints)] : trend;
        if (points.Count < 2)
        {
            html.Add($"<span class=\"plain\">–</span>");
            return;
        }

        var told = string.Join(", ", points.Select(static p => p.Value is { } value ? ReportWords.Percent(value) : ReportWords.Of(p.Verdict.Outcome)));
        html.Add($"<svg class=\"trend\" viewBox=\"0 0 120 26\" role=\"img\"><title>Held in the last {points.Count} checks, oldest first: {told}</title>");
        var path = new StringBuilder();
        var dots = new HtmlWriter();
        var isDown = false;
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].Value is not { } value)
            {
                isDown = false;
                continue;
            }

            var (x, y) = (4 + (112.0 * i / (points.Count - 1)), 22 - (18 * value));
            path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{x:0.#} {y:0.#}");
            isDown = true;
            if (points[i].Verdict.Outcome == VerdictOutcome.Fail)
                dots.Add($"<circle class=\"bad\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"2.5\"/>");
            else if (i == points.Count - 1)
                dots.Add($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"2.5\"/>");
        }

        html.Add($"<path d=\"{path}\"/>").Add(dots).Add($"</svg>");
    }

    /// <summary>How many values lie in each bin.</summary>
    /// <param name="html">Takes the drawing.</param>
    /// <param name="name">The column.</param>
    /// <param name="bins">The bins, from the lowest.</param>
    /// <param name="greatest">The upper edge of the last bin, as text.</param>
    public static void Histogram(HtmlWriter html, string name, IReadOnlyList<HistogramBin> bins, string greatest)
    {
        var most = bins.Count == 0 ? 0 : bins.Max(static b => b.Count);
        if (most == 0)
            return;
        var told = string.Join(", ", bins.Select(static b => $"from {b.LowerText}: {ReportWords.Count(b.Count)}"));
        html.Add($"<figure><figcaption>Values of {name}</figcaption><svg class=\"histogram\" viewBox=\"0 0 400 110\" role=\"img\">");
        html.Add($"<title>Histogram of {name}; {told}</title>");
        var width = 400.0 / bins.Count;
        for (var i = 0; i < bins.Count; i++)
        {
            var height = Math.Max(1, 90.0 * bins[i].Count / most);
            if (bins[i].Count > 0)
                html.Add($"<rect x=\"{(width * i) + 0.5:0.##}\" y=\"{92 - height:0.##}\" width=\"{Math.Max(0.5, width - 1):0.##}\" height=\"{height:0.##}\"/>");
        }

        html.Add($"<line x1=\"0\" x2=\"400\" y1=\"92.5\" y2=\"92.5\"/><text x=\"0\" y=\"106\">{ReportWords.Shorten(bins[0].LowerText, 30)}</text>");
        html.Add($"<text class=\"end\" x=\"400\" y=\"106\">{ReportWords.Shorten(greatest, 30)}</text></svg></figure>");
    }
}
