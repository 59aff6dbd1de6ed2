namespace DataEngineX.Quality;

internal static class Histograms
{
    /// <summary>Bins of equal width over the finite values.</summary>
    /// <param name="sorted">The values.</param>
    /// <param name="bins">How many bins; one when all values are equal.</param>
    /// <param name="finite">How many values are finite.</param>
    /// <param name="text">An edge as text.</param>
    public static IReadOnlyList<HistogramBin> Of(WeightedValues sorted, int bins, long finite, Func<double, string> text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var values = sorted.Values;
        while (!values.IsEmpty && double.IsNegativeInfinity(values[0]))
            values = values[1..];
        while (!values.IsEmpty && double.IsPositiveInfinity(values[^1]))
            values = values[..^1];
        if (values.IsEmpty || finite == 0)
            return [];
        double low = values[0], high = values[^1];
        if (low == high)
            return [new HistogramBin(low, high, finite, text(low))];
        var result = new HistogramBin[bins];
        var below = sorted.Below(low);
        var counted = 0L;
        for (var i = 0; i < bins; i++)
        {
            var upper = i == bins - 1 ? high : Edge(low, high, i + 1, bins);
            var end = i == bins - 1 ? finite : Math.Min(finite, sorted.Below(upper) - below);
            var lower = i == 0 ? low : Edge(low, high, i, bins);
            result[i] = new HistogramBin(lower, upper, end - counted, text(lower));
            counted = end;
        }

        return result;
    }

    /// <summary>An edge without overflow for the widest of ranges.</summary>
    private static double Edge(double low, double high, int index, int bins)
    {
        var width = high - low;
        return double.IsFinite(width)
            ? low + (width / bins * index)
            : (low * (1 - ((double)index / bins))) + (high * ((double)index / bins));
    }
}
