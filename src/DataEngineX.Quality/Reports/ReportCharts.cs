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

    /// <summary>Counts of values between edges; one more edge than counts.</summary>
    public static void Histogram(HtmlWriter html, string name, IReadOnlyList<double> edges, IReadOnlyList<long> counts)
    {
        var most = counts.Count == 0 ? 0 : counts.Max();
        if (most == 0 || edges.Count != counts.Count + 1)
            return;
        var told = string.Join(", ", counts.Select((c, i) => $"{ReportWords.Number(edges[i])} to {ReportWords.Number(edges[i + 1])}: {ReportWords.Count(c)}"));
        html.Add($"<figure><figcaption>Values of {name}</figcaption><svg class=\"histogram\" viewBox=\"0 0 400 110\" role=\"img\">");
        html.Add($"<title>Histogram of {name}. {told}</title>");
        var width = 400.0 / counts.Count;
        for (var i = 0; i < counts.Count; i++)
        {
            var height = 90.0 * counts[i] / most;
            if (counts[i] > 0)
                html.Add($"<rect x=\"{(width * i) + 0.5:0.##}\" y=\"{92 - Math.Max(1, height):0.##}\" width=\"{Math.Max(0.5, width - 1):0.##}\" height=\"{Math.Max(1, height):0.##}\"/>");
        }

        html.Add($"<line x1=\"0\" x2=\"400\" y1=\"92.5\" y2=\"92.5\"/><text x=\"0\" y=\"106\">{ReportWords.Number(edges[0])}</text>");
        html.Add($"<text class=\"end\" x=\"400\" y=\"106\">{ReportWords.Number(edges[^1])}</text></svg></figure>");
    }
}
