using DataEngineX.Pipelines.Tests.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Windowing;

/// <summary>Window columns row by row from their definitions, over one sorted partition.</summary>
/// <param name="rows">The partition, sorted.</param>
/// <param name="key">The order key of a row.</param>
/// <param name="order">Its order.</param>
internal sealed class WindowOracle(IReadOnlyList<WindowRow> rows, Func<WindowRow, object?> key, OrderKey order)
{
    public static IReadOnlyList<WindowRow> Sort(IEnumerable<WindowRow> rows, Func<WindowRow, object?> key, OrderKey order)
    {
        var nulls = rows.Where(r => key(r) is null);
        var values = rows.Where(r => key(r) is not null);
        var comparer = Comparer<object>.Create((l, r) => order.Descending ? Order.Compare(r, l) : Order.Compare(l, r));
        var sorted = values.OrderBy(r => key(r)!, comparer);
        return [.. order.NullsFirst ? nulls.Concat(sorted) : sorted.Concat(nulls)];
    }

    public object? At(WindowColumn column, Func<WindowRow, object?> value, int row)
    {
        var n = rows.Count;
        switch (column.Kind)
        {
            case WindowKind.RowNumber:
                return row + 1L;
            case WindowKind.Rank:
                return Before(row) + 1L;
            case WindowKind.DenseRank:
                return 1L + rows.Where(r => Precedes(r, rows[row])).Select(r => key(r) ?? "null").Distinct().Count();
            case WindowKind.PercentRank:
                return n == 1 ? 0.0 : Before(row) / (double)(n - 1);
            case WindowKind.CumeDist:
                return (Before(row) + Equal(row)) / (double)n;
            case WindowKind.Tile:
                var sizes = Enumerable.Range(0, column.Rows).Select(t => (n / column.Rows) + (t < n % column.Rows ? 1 : 0));
                return sizes.SelectMany((size, t) => Enumerable.Repeat(t + 1L, size)).ElementAt(row);
            case WindowKind.Lag:
                return row - column.Rows >= 0 ? value(rows[row - column.Rows]) : null;
            case WindowKind.Lead:
                return row + column.Rows < n ? value(rows[row + column.Rows]) : null;
            default:
                var (from, to) = Bounds(FrameOf(column), row);
                return Over(column, [.. rows.Skip(from).Take(to - from).Select(value)]);
        }
    }

    private int Before(int row) => rows.Count(r => Precedes(r, rows[row]));

    private int Equal(int row) =>
        rows.Count(r => ClassOf(r) == ClassOf(rows[row]) && (ClassOf(r) > 0 || Order.Compare(key(r)!, key(rows[row])!) == 0));

    private static WindowFrame FrameOf(WindowColumn column) => column.Frame
        ?? (column.Kind.ToString().StartsWith("Running", StringComparison.Ordinal) ? WindowFrame.Running
            : column.Kind is WindowKind.First or WindowKind.Last or WindowKind.NthValue ? WindowFrame.Partition
            : WindowFrame.Rows(column.Rows - 1));

    private static object? Over(WindowColumn column, object?[] frame)
    {
        var name = column.Kind.ToString().Replace("Rolling", "", StringComparison.Ordinal).Replace("Running", "", StringComparison.Ordinal);
        switch (name)
        {
            case "First" or "NthValue" or "Nth":
                var nth = name == "First" ? 0 : column.Rows - 1;
                return nth < frame.Length ? frame[nth] : null;
            case "Last":
                return frame.Length > 0 ? frame[^1] : null;
            case "Count":
                return frame.LongCount(v => v is not null);
        }

        object[] values = [.. frame.Where(v => v is not null).Select(v => v!)];
        if (values.Length < Math.Max(1, column.MinRows))
            return null;
        double[] numbers = [.. values.Select(v => v is DateTime ? 0 : Convert.ToDouble(v, System.Globalization.CultureInfo.InvariantCulture))];
        var mean = numbers.Average();
        var squares = numbers.Sum(v => (v - mean) * (v - mean));
        return name switch
        {
            "Sum" when values[0] is int or long => values.Sum(v => Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)),
            "Sum" => numbers.Sum(),
            "Mean" => mean,
            "Min" => values.Aggregate((l, r) => Order.Compare(r, l) < 0 ? r : l),
            "Max" => values.Aggregate((l, r) => Order.Compare(r, l) > 0 ? r : l),
            "Variance" => numbers.Length < 2 ? null : squares / (numbers.Length - 1),
            "StandardDeviation" => numbers.Length < 2 ? null : Math.Sqrt(squares / (numbers.Length - 1)),
            "VariancePopulation" => squares / numbers.Length,
            "StandardDeviationPopulation" => Math.Sqrt(squares / numbers.Length),
            _ => throw new ArgumentException(name),
        };
    }

    private (int From, int To) Bounds(WindowFrame frame, int row)
    {
        if (frame.Unit == WindowFrameUnit.Rows)
        {
            var first = frame.Preceding is { } p ? Math.Clamp(row - (int)p, 0, rows.Count) : 0;
            var end = frame.Following is { } f ? Math.Clamp(row + (int)f + 1, 0, rows.Count) : rows.Count;
            return (first, Math.Max(first, end));
        }

        var type = ClassOf(rows[row]);
        var inside = Enumerable.Range(0, rows.Count).Where(j => ClassOf(rows[j]) == type).ToArray();
        var from = frame.Preceding is { } back
            ? inside.Where(j => type > 0 || Distance(rows[j], rows[row]) <= (double)back).DefaultIfEmpty(inside[^1] + 1).First()
            : 0;
        var to = frame.Following is { } ahead
            ? inside.Where(j => type > 0 || Distance(rows[row], rows[j]) <= (double)ahead).Select(j => j + 1).DefaultIfEmpty(inside[0]).Last()
            : rows.Count;
        return (from, Math.Max(from, to));
    }

    /// <summary>How far the second row stands behind the first in the order. An infinity lies within any distance of itself.</summary>
    private double Distance(WindowRow from, WindowRow to)
    {
        var (l, r) = (Number(key(from)!), Number(key(to)!));
        if (l == r && double.IsInfinity(l))
            return double.NegativeInfinity;
        var distance = r - l;
        return order.Descending ? -distance : distance;
    }

    private static double Number(object key) =>
        key is DateTime time ? time.Ticks - new DateTime(2026, 1, 1).Ticks : Convert.ToDouble(key, System.Globalization.CultureInfo.InvariantCulture);

    private int ClassOf(WindowRow row) => key(row) switch { null => 2, double.NaN => 1, _ => 0 };

    private bool Precedes(WindowRow left, WindowRow right)
    {
        var (l, r) = (key(left), key(right));
        if (l is null || r is null)
            return order.NullsFirst ? l is null && r is not null : r is null && l is not null;
        return (order.Descending ? Order.Compare(r, l) : Order.Compare(l, r)) < 0;
    }
}
