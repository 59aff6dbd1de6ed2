using System.Globalization;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>A profile for reading.</summary>
internal static class ProfileText
{
    public static string Of(Profile profile)
    {
        var text = new StringBuilder();
        Line(text, $"{profile.Rows} rows, {profile.Columns.Count} columns, {profile.Bytes} bytes; {Duplicates(profile)}; {profile.RowsWithNull} rows with a null, {profile.RowsOfNulls} of nulls only");
        foreach (var column in profile.Columns)
            Column(text, column);
        foreach (var pair in profile.Pairs.Where(p => p.Pearson is not null || p.CramersV is not null))
            Line(text, $"{pair.Left} / {pair.Right}: Pearson {Number(pair.Pearson)}, Spearman {Number(pair.Spearman)}, Cramér's V {Number(pair.CramersV)}");
        var alerts = profile.Alerts();
        if (alerts.Count > 0)
            text.Append('\n');
        foreach (var alert in alerts)
            Line(text, $"! {alert.Message}");
        return text.ToString().TrimEnd('\n');
    }

    private static string Duplicates(Profile profile) => profile.DuplicateRows is not { } copies ? "copies not counted"
        : string.Create(CultureInfo.InvariantCulture, $"{(profile.AreDuplicatesExact ? "" : "about ")}{copies} copies");

    private static void Column(StringBuilder text, ColumnProfile column)
    {
        text.Append('\n');
        Line(text, $"{column.Name}  {column.Type}");
        var distinct = column.DistinctTold is ({ } d, var isExact) ? $"{(isExact ? "" : "about ")}{d} distinct" : "distinct values not counted";
        Line(text, $"  {column.Nulls} null ({column.NullShare:0.##%}), {distinct}{(column.IsConstant ? ", constant" : "")}");
        if (column.Min is not null)
            Line(text, $"  from {Short(column.Min)} to {Short(column.Max)}{(column.Order == ColumnOrder.None ? "" : ", " + Order(column.Order))}");
        if (column.Numbers is { } n)
            Numbers(text, n);
        if (column.Text is { } t)
            Texts(text, t);
        if (column.Times is { } times)
            Times(text, times);
        if (column.Trues is { } trues && column.Rows > column.Nulls)
            Line(text, $"  {(double)trues / (column.Rows - column.Nulls):0.##%} true");
        if (column.Lists is { Min: not null } lists)
            Line(text, $"  lengths {lists.Min} to {lists.Max}, mean {Number(lists.Mean)}, {lists.Empty} empty");
        var top = column.TopValues(5);
        if (top.Count > 0 && top[0].Count > 1)
            Line(text, $"  most frequent: {string.Join(", ", top.Select(v => $"{Short(v.Value)} ({(v.Error > 0 ? "at least " : "")}{v.Count.ToString(CultureInfo.InvariantCulture)})"))}");
    }

    private static void Numbers(StringBuilder text, NumberProfile n)
    {
        Line(text, $"  mean {Number(n.Mean)}, sd {Number(n.StandardDeviation)}, skewness {Number(n.Skewness)}, kurtosis {Number(n.Kurtosis)}, sum {Number(n.Sum)}");
        Line(text, $"  quantiles 5 % {Number(n.Quantile(0.05))}, 25 % {Number(n.Quantile(0.25))}, 50 % {Number(n.Quantile(0.5))}, 75 % {Number(n.Quantile(0.75))}, 95 % {Number(n.Quantile(0.95))}{(n.AreQuantilesExact ? "" : " (± 1 % of rank)")}");
        Line(text, $"  {n.Zeros} zero, {n.Negatives} negative, {n.NaNs} NaN, {n.PositiveInfinities + n.NegativeInfinities} infinite{(n.IsWhole ? ", whole numbers" : "")}");
    }

    private static void Texts(StringBuilder text, TextProfile t)
    {
        Line(text, $"  lengths {t.Lengths.Min} to {t.Lengths.Max}, mean {Number(t.Lengths.Mean)}; {t.Empty} empty, {t.Blank} blank, {t.Padded} with space at an end");
        if (t.Semantics is [var first, ..])
            Line(text, $"  looks like {string.Join(", ", t.Semantics.Take(3).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Type} ({s.Share:0.##%})")))}; patterns {string.Join(", ", t.Patterns(3).Select(p => p.Value))}");
    }

    private static void Times(StringBuilder text, TimeProfile times)
    {
        if (times.Resolution is not { } resolution)
            return;
        Line(text, $"  resolution {resolution}, {times.InTheFuture} in the future");
        if (times.Days is { } days)
            Line(text, $"  {days} days with values, {times.MissingDays} without between them, at most {times.LongestGapInDays} in a row");
    }

    private static string Order(ColumnOrder order) => order switch
    {
        ColumnOrder.StrictlyIncreasing => "strictly increasing",
        ColumnOrder.StrictlyDecreasing => "strictly decreasing",
        ColumnOrder.Increasing => "increasing",
        _ => "decreasing",
    };

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "-";

    private static string Short(string? value) => value is null ? "-" : value.Length > 40 ? value[..39] + "…" : value;

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
