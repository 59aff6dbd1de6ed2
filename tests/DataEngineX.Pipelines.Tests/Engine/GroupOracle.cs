using System.Globalization;
using Apache.Arrow;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Aggregates by the plainest means.</summary>
internal static class GroupOracle
{
    public static readonly (Aggregate Aggregate, Func<GroupedRow[], object?> Fold)[] Aggregates =
    [
        (Aggregate.Count(), g => (long)g.Length),
        (Aggregate.Count(Col("value")), g => (long)g.Count(r => r.Value is not null)),
        (Aggregate.CountDistinct(Col("value")), g => (long)g.Where(r => r.Value is not null).Select(r => r.Value).Distinct().Count()),
        (Aggregate.CountDistinct(Col("real")), g => (long)Reals(g).Distinct().Count()),
        (Aggregate.Sum(Col("small")), g => Wides(g.Select(r => (long?)r.Small)) is { Length: > 0 } v ? v.Sum() : null),
        (Aggregate.Sum(Col("wide")), g => Wides(g.Select(r => r.Wide)) is { Length: > 0 } v ? v.Sum() : null),
        (Aggregate.Sum(Col("real")), g => Reals(g) is { Length: > 0 } v ? v.Sum() : null),
        (Aggregate.Mean(Col("wide")), g => Wides(g.Select(r => r.Wide)) is { Length: > 0 } v ? v.Average() : null),
        (Aggregate.Min(Col("real")), g => Sorted(g) is { Length: > 0 } v ? v[0] : null),
        (Aggregate.Max(Col("real")), g => Sorted(g) is { Length: > 0 } v ? v[^1] : null),
        (Aggregate.Min(Col("value")), g => Texts(g) is { Length: > 0 } v ? v[0] : null),
        (Aggregate.Max(Col("value")), g => Texts(g) is { Length: > 0 } v ? v[^1] : null),
        (Aggregate.Max(Col("day")), g => g.Max(r => r.Day)),
        (Aggregate.Variance(Col("wide")), g => Spread(g, 1)),
        (Aggregate.VariancePopulation(Col("wide")), g => Spread(g, 0)),
        (Aggregate.StandardDeviation(Col("wide")), g => Spread(g, 1) is { } v ? Math.Sqrt(v) : null),
        (Aggregate.StandardDeviationPopulation(Col("wide")), g => Spread(g, 0) is { } v ? Math.Sqrt(v) : null),
        (Aggregate.Median(Col("real")), g => Quantile(g, 0.5)),
        (Aggregate.Quantile(Col("real"), 0.9), g => Quantile(g, 0.9)),
        (Aggregate.Quantile(Col("real"), 0), g => Quantile(g, 0)),
        (Aggregate.First(Col("value")), g => g.FirstOrDefault(r => r.Value is not null)?.Value),
        (Aggregate.Last(Col("value")), g => g.LastOrDefault(r => r.Value is not null)?.Value),
        (Aggregate.First(Col("row")), g => g.Length == 0 ? null : g[0].Row),
        (Aggregate.Correlation(Col("wide"), Col("small")), Correlation),
        (Aggregate.Largest(Col("real"), 3), g => Sorted(g) is { Length: > 0 } v ? List(v.Reverse().Take(3)) : null),
        (Aggregate.Smallest(Col("row"), 2), g => g.Length == 0 ? null : List(g.Take(2).Select(r => (double)r.Row))),
        (Aggregate.Any(Col("flag")), g => g.Any(r => r.Flag is not null) ? g.Any(r => r.Flag == true) : null),
        (Aggregate.All(Col("flag")), g => g.Any(r => r.Flag is not null) ? g.All(r => r.Flag != false) : null),
    ];

    public static Dictionary<string, object?[]> Fold(GroupedRow[] rows, string[] keys)
    {
        var groups = rows.GroupBy(r => Key([.. keys.Select(k => Value(r, k))]), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        if (keys.Length == 0)
            groups.TryAdd(Key([]), []);
        return groups.ToDictionary(g => g.Key, g => Aggregates.Select(a => a.Fold(g.Value)).ToArray(), StringComparer.Ordinal);
    }

    public static string Key(object?[] values) => string.Join('|', values.Select(v => v is null ? "null" : Convert.ToString(v, CultureInfo.InvariantCulture)));

    public static bool AreEqual(object? expected, object? actual) => (expected, actual) switch
    {
        (double e, double a) => e.Equals(a) || Math.Abs(e - a) <= 1e-9 * (1 + Math.Abs(e)),
        _ => Equals(expected, actual),
    };

    public static object? Read(IArrowArray array, int row) => array.IsNull(row) ? null : array switch
    {
        StringArray a => a.GetString(row),
        Int32Array a => a.GetValue(row),
        Int64Array a => a.GetValue(row),
        DoubleArray a => a.GetValue(row),
        BooleanArray a => a.GetValue(row),
        Date32Array a => a.GetDateOnly(row),
        ListArray a => List(Items(a.GetSlicedValues(row))),
        _ => throw new NotSupportedException(array.Data.DataType.Name),
    };

    private static IEnumerable<double> Items(IArrowArray items) =>
        Enumerable.Range(0, items.Length).Select(i => Convert.ToDouble(Read(items, i), CultureInfo.InvariantCulture));

    private static string List(IEnumerable<double> items) => string.Join(',', items.Select(v => v.ToString(CultureInfo.InvariantCulture)));

    private static object? Value(GroupedRow row, string name) => name switch
    {
        "text" => row.Text,
        "small" => row.Small,
        "wide" => row.Wide,
        "real" => row.Real,
        "flag" => row.Flag,
        "day" => row.Day,
        _ => row.Value,
    };

    private static double[] Reals(GroupedRow[] rows) => [.. rows.Where(r => r.Real is not null).Select(r => r.Real!.Value)];

    /// <summary>NaN is the greatest.</summary>
    private static double[] Sorted(GroupedRow[] rows) => [.. Reals(rows).OrderBy(double.IsNaN).ThenBy(v => v)];

    private static string[] Texts(GroupedRow[] rows) => [.. rows.Select(r => r.Value).OfType<string>().Order(StringComparer.Ordinal)];

    private static long[] Wides(IEnumerable<long?> values) => [.. values.OfType<long>()];

    private static double? Spread(GroupedRow[] rows, int less)
    {
        var values = Wides(rows.Select(r => r.Wide));
        if (values.Length <= less)
            return null;
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - less);
    }

    private static object? Quantile(GroupedRow[] rows, double fraction)
    {
        var values = Sorted(rows);
        if (values.Length == 0)
            return null;
        var place = fraction * (values.Length - 1);
        var (low, high) = (values[(int)Math.Floor(place)], values[(int)Math.Ceiling(place)]);
        return low.Equals(high) ? low : low + ((high - low) * (place - Math.Floor(place)));
    }

    private static object? Correlation(GroupedRow[] rows)
    {
        var pairs = rows.Where(r => r.Wide is not null && r.Small is not null).Select(r => (X: (double)r.Wide!, Y: (double)r.Small!)).ToList();
        if (pairs.Count < 2 || pairs.All(p => p.X.Equals(pairs[0].X)) || pairs.All(p => p.Y.Equals(pairs[0].Y)))
            return null;
        var (x, y) = (pairs.Average(p => p.X), pairs.Average(p => p.Y));
        return pairs.Sum(p => (p.X - x) * (p.Y - y)) / Math.Sqrt(pairs.Sum(p => (p.X - x) * (p.X - x)) * pairs.Sum(p => (p.Y - y) * (p.Y - y)));
    }
}
