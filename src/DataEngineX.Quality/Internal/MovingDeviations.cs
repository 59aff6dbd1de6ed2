using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Judges sums by the ones before them.</summary>
internal static class MovingDeviations
{
    private const int MaxListed = 100;

    public static Verdict Finish(MovingDeviationRule rule, CalendarBuckets buckets, Verdict counted, Dictionary<long, double> sums)
    {
        var series = Series(rule, sums);
        var (tested, outside) = (0, new List<string>());
        var first = sums.Count == 0 ? 0 : sums.Keys.Max() - rule.Test;
        for (var i = 0; i < series.Count; i++)
        {
            var from = Math.Max(0, i - rule.Trend);
            if (i - from < 2 || series[i].Bucket < first)
                continue;
            tested++;
            var (mean, deviation) = Moments(series, from, i);
            var away = Math.Abs(series[i].Value - mean);
            // What rounding leaves of a difference is none.
            if (!(away <= (rule.Sigma * deviation) + (1e-12 * Math.Abs(mean))))
                outside.Add(Describe(buckets.StartOf(series[i].Bucket), series[i].Value, mean, deviation));
        }

        return tested == 0
            ? counted
            : Observation.Verdict(
                counted, outside.Count == 0, Observation.Number(outside.Count), new VerdictField("outside", $"[{string.Join(", ", outside.Take(MaxListed))}]"));
    }

    /// <summary>What is tested of each period, in order: the sum, its logarithm, or how far that is from an earlier one.</summary>
    private static List<(long Bucket, double Value)> Series(MovingDeviationRule rule, Dictionary<long, double> sums)
    {
        var values = sums.OrderBy(s => s.Key).Select(s => (Bucket: s.Key, Value: rule.Logarithms ? Math.Log(s.Value) : s.Value))
            .Where(s => !rule.Logarithms || double.IsFinite(s.Value)).ToList();
        return rule.Differences == 0
            ? values
            : [.. values.Skip(rule.Differences).Select((v, i) => (v.Bucket, v.Value - values[i].Value))];
    }

    private static (double Mean, double Deviation) Moments(List<(long Bucket, double Value)> series, int from, int to)
    {
        var (mean, squares) = (0d, 0d);
        for (var i = from; i < to; i++)
            mean += series[i].Value;
        mean /= to - from;
        for (var i = from; i < to; i++)
            squares += (series[i].Value - mean) * (series[i].Value - mean);
        return (mean, Math.Sqrt(squares / (to - from - 1)));
    }

    private static string Describe(DateTime start, double value, double mean, double deviation) => CellText.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("period", start.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        foreach (var (name, number) in new[] { ("value", value), ("mean", mean), ("deviation", deviation) })
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(Observation.Number(number));
        }

        writer.WriteEndObject();
    });
}
