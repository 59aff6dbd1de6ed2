namespace DataEngineX.Quality;

/// <summary>Puts values into bins, so that distributions can be compared.</summary>
public static class DriftBins
{
    /// <summary>The inner edges of bins that a sample fills evenly: its quantiles, each once. A value that equals an edge lies below it.</summary>
    /// <param name="sample">The values; without NaN, not empty.</param>
    /// <param name="bins">How many bins; ties make fewer. <value>Default: 10.</value></param>
    public static double[] QuantileEdges(ReadOnlySpan<double> sample, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        return Quantiles(Weighted(sample), bins);
    }

    /// <summary>The inner edges of bins of equal width from the least to the greatest value of a sample.</summary>
    /// <param name="sample">The values; finite, not empty.</param>
    /// <param name="bins">How many bins. <value>Default: 10.</value></param>
    public static double[] EqualWidthEdges(ReadOnlySpan<double> sample, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        return EqualWidth(Weighted(sample), bins);
    }

    /// <summary>The number of values in each bin: one more than there are edges; the outer bins are open.</summary>
    /// <param name="values">The values; without NaN, not empty.</param>
    /// <param name="edges">The inner edges in rising order.</param>
    public static double[] Counts(ReadOnlySpan<double> values, ReadOnlySpan<double> edges)
    {
        for (var i = 0; i < edges.Length; i++)
        {
            if (double.IsNaN(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
                throw new ArgumentException("Edges of bins rise.", nameof(edges));
        }

        return Counts(Weighted(values), edges);
    }

    internal static IReadOnlyList<DriftBin> OfNumbers(FixedState before, FixedState after, DriftOptions options)
    {
        var (left, right) = (before.Sorted(), after.Sorted());
        if (left.Count == 0 || right.Count == 0)
            return [];
        var edges = options.BinKind == BinKind.Quantiles ? Quantiles(left, options.Bins) : EqualWidth(left, options.Bins);
        // Beside the one value of the baseline there must be room for others.
        if (edges.Length == 0)
            edges = [Math.BitDecrement(left.Values[0]), left.Values[0]];
        var (a, b) = (Counts(left, edges), Counts(right, edges));
        return [.. a.Select((count, i) => new DriftBin(
            i == edges.Length ? $"> {before.Shape.TextOfNumber(edges[^1])}" : $"≤ {before.Shape.TextOfNumber(edges[i])}", count, b[i]))];
    }

    internal static IReadOnlyList<DriftBin> OfValues(ColumnProfile before, ColumnProfile after, int bins, string others)
    {
        if (before.Rows == before.Nulls || after.Rows == after.Nulls)
            return [];
        var left = before.TopValues(bins);
        // All counts kept are needed: a value frequent before may be rare now.
        var right = after.TopValues(int.MaxValue).ToDictionary(v => v.Value, v => v.Count);
        var result = left.Select(v => new DriftBin(v.Value, v.Count, right.GetValueOrDefault(v.Value))).ToList();
        var rest = new DriftBin(
            others, Math.Max(0, before.Rows - before.Nulls - result.Sum(b => b.Before)), Math.Max(0, after.Rows - after.Nulls - result.Sum(b => b.After)));
        if (result.Count == 0)
            return [];
        if (rest is not { Before: 0, After: 0 })
            result.Add(rest);
        return result;
    }

    private static double[] Quantiles(WeightedValues values, int bins) =>
        [.. Enumerable.Range(1, bins - 1).Select(i => values.Quantile((double)i / bins)).Distinct().Where(e => e < values.Values[^1])];

    private static double[] EqualWidth(WeightedValues values, int bins)
    {
        var histogram = Histograms.Of(values, bins, values.Count, static _ => "");
        return [.. histogram.Skip(1).Select(b => b.Lower)];
    }

    private static double[] Counts(WeightedValues values, ReadOnlySpan<double> edges)
    {
        var counts = new double[edges.Length + 1];
        var below = 0L;
        for (var i = 0; i < edges.Length; i++)
        {
            var end = values.AtMost(edges[i]);
            counts[i] = end - below;
            below = end;
        }

        counts[^1] = values.Count - below;
        return counts;
    }

    private static WeightedValues Weighted(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("The sample has no values.", nameof(values));
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                throw new ArgumentException("The sample holds NaN.", nameof(values));
        }

        var weights = new long[values.Length];
        System.Array.Fill(weights, 1);
        return new WeightedValues(values.ToArray(), weights);
    }
}
