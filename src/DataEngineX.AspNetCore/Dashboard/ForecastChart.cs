using System.Globalization;
using System.Text;

namespace DataEngineX.AspNetCore;

/// <summary>Draws forecasts, actual values and baselines of one key as SVG, with the same values as a table below.</summary>
internal static class ForecastChart
{
    private const double Width = 480;
    private const double Height = 240;
    private const double Left = 40;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 32;
    private const int MaxBaselines = 3;

    public static void Write(HtmlWriter html, string id, string key, IReadOnlyList<ForecastOutcome> outcomes)
    {
        var baselines = outcomes.SelectMany(o => o.Baselines.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxBaselines).ToList();
        var scale = new Scale(outcomes);
        html.Add($"<figure id=\"{id}\"><figcaption>{key}: {outcomes[0].For:yyyy-MM-dd} to {outcomes[^1].For:yyyy-MM-dd}</figcaption>");
        html.Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}-name\"><title id=\"{id}-name\">");
        html.Add($"Forecast, actual value and baselines for {key}; the table below has the values.</title>");
        WriteAxes(html, scale, outcomes);
        for (var i = 0; i < baselines.Count; i++)
        {
            var name = baselines[i];
            Line(html, scale, outcomes, o => o.Baselines.TryGetValue(name, out var value) ? value : null, $"line base{i}");
        }

        Line(html, scale, outcomes, o => o.Actual, "line actual");
        Line(html, scale, outcomes, o => o.Forecast, "line model");
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (double.IsFinite(outcomes[i].Forecast))
                html.Add($"<circle class=\"dot model\" cx=\"{scale.X(i):0.#}\" cy=\"{scale.Y(outcomes[i].Forecast):0.#}\" r=\"2.4\"/>");
        }

        html.Add($"</svg>");
        WriteLegend(html, baselines);
        WriteTable(html, id, key, outcomes, baselines);
        html.Add($"</figure>");
    }

    private static void WriteAxes(HtmlWriter html, Scale scale, IReadOnlyList<ForecastOutcome> outcomes)
    {
        foreach (var tick in scale.Ticks())
        {
            html.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{scale.Y(tick):0.#}\" y2=\"{scale.Y(tick):0.#}\"/>");
            html.Add($"<text class=\"tick end\" x=\"{Left - 6}\" y=\"{scale.Y(tick) + 4:0.#}\">{tick:0.##}</text>");
        }

        var step = Math.Max(1, (outcomes.Count + 3) / 4);
        for (var i = 0; i < outcomes.Count; i += step)
            html.Add($"<text class=\"tick middle\" x=\"{Math.Clamp(scale.X(i), Left + 12, Width - 34):0.#}\" y=\"{Height - 10}\">{outcomes[i].For:MM-dd}</text>");
    }

    private static void Line(HtmlWriter html, Scale scale, IReadOnlyList<ForecastOutcome> outcomes, Func<ForecastOutcome, double?> value, string classes)
    {
        var path = new StringBuilder();
        var down = false;
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (value(outcomes[i]) is not { } y || !double.IsFinite(y))
            {
                down = false;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(down ? 'L' : 'M')}{scale.X(i):0.#} {scale.Y(y):0.#}");
            down = true;
        }

        if (path.Length > 0)
            html.Add($"<path class=\"{classes}\" d=\"{path}\"/>");
    }

    private static void WriteLegend(HtmlWriter html, IReadOnlyList<string> baselines)
    {
        html.Add($"<ul class=\"legend\">");
        Entry(html, "line actual", "actual");
        Entry(html, "line model", "forecast");
        for (var i = 0; i < baselines.Count; i++)
            Entry(html, $"line base{i}", baselines[i]);
        html.Add($"</ul>");
    }

    private static void Entry(HtmlWriter html, string classes, string name) =>
        html.Add($"<li><svg viewBox=\"0 0 28 8\" aria-hidden=\"true\"><path class=\"{classes}\" d=\"M0 4L28 4\"/></svg> {name}</li>");

    private static void WriteTable(HtmlWriter html, string id, string key, IReadOnlyList<ForecastOutcome> outcomes, IReadOnlyList<string> baselines)
    {
        html.Add($"<details id=\"{id}-values\"><summary>Values for {key}</summary>");
        html.OpenTable($"{id}-table", $"Forecasts for {key}, newest first", ["Day", "#Forecast", "#Actual", .. baselines.Select(b => "#" + b)]);
        foreach (var outcome in outcomes.Reverse())
        {
            html.Add($"<tr><th scope=\"row\">{outcome.For:yyyy-MM-dd}</th><td class=\"number\">{Formats.Number(outcome.Forecast)}</td><td class=\"number\">{Formats.Number(outcome.Actual)}</td>");
            foreach (var name in baselines)
                html.Add($"<td class=\"number\">{Formats.Number(outcome.Baselines.TryGetValue(name, out var value) ? value : null)}</td>");
            html.Add($"</tr>");
        }

        html.CloseTable().Add($"</details>");
    }

    private sealed class Scale
    {
        private static readonly double[] RoundSteps = [1, 2, 5, 10];
        private readonly double _low;
        private readonly double _step;
        private readonly double _high;
        private readonly int _count;

        public Scale(IReadOnlyList<ForecastOutcome> outcomes)
        {
            var values = outcomes.SelectMany(o => o.Baselines.Values.Append(o.Forecast).Append(o.Actual ?? double.NaN)).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
            var range = Math.Max(values.Max() - values.Min(), 1e-6);
            var magnitude = Math.Pow(10, Math.Floor(Math.Log10(range / 4)));
            _step = RoundSteps.Select(m => m * magnitude).First(s => range / s <= 5.0001);
            _low = Math.Floor(values.Min() / _step) * _step;
            _high = Math.Max(Math.Ceiling(values.Max() / _step) * _step, _low + _step);
            _count = outcomes.Count;
        }

        public double X(int index) => Left + ((Width - Left - Right) * (_count == 1 ? 0.5 : index / (double)(_count - 1)));

        public double Y(double value) => Top + ((Height - Top - Bottom) * (_high - value) / (_high - _low));

        public IEnumerable<double> Ticks()
        {
            for (var i = 0; _low + (i * _step) <= _high + (_step / 2); i++)
                yield return _low + (i * _step);
        }
    }
}
