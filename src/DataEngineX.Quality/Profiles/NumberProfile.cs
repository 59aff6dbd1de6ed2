namespace DataEngineX.Quality;

/// <summary>What a profile knows of a column of numbers. NaN is left out everywhere and counted apart.</summary>
public sealed class NumberProfile
{
    private readonly FixedState _state;
    private WeightedValues? _sorted;

    internal NumberProfile(FixedState state) => _state = state;

    /// <summary>The values that moments come from: neither null nor NaN nor infinite.</summary>
    public long Count => _state.Moments.Count;

    /// <summary>Count, sum and moments of the finite values.</summary>
    public MomentSums Moments => _state.Moments;

    /// <summary>The least value; null without values.</summary>
    public double? Min => _state.Min == long.MaxValue ? null : _state.IsWide ? Sorted.Quantile(0) : _state.Shape.NumberOf(_state.Min);

    /// <summary>The greatest value; null without values.</summary>
    public double? Max => _state.Max == long.MinValue ? null : _state.IsWide ? Sorted.Quantile(1) : _state.Shape.NumberOf(_state.Max);

    /// <summary>The sum; 0 without values.</summary>
    public double Sum => _state.Moments.Sum;

    /// <summary>The mean; null without values.</summary>
    public double? Mean => Finite(_state.Moments.Mean);

    /// <summary>The variance of a sample; null for less than two values.</summary>
    public double? Variance => Finite(_state.Moments.Variance);

    /// <summary>The standard deviation of a sample; null for less than two values.</summary>
    public double? StandardDeviation => Finite(_state.Moments.StandardDeviation);

    /// <summary>The skewness of a population; null when values do not vary.</summary>
    public double? Skewness => Finite(_state.Moments.Skewness);

    /// <summary>The excess kurtosis of a population; null when values do not vary.</summary>
    public double? Kurtosis => Finite(_state.Moments.Kurtosis);

    /// <summary>The greatest less the least.</summary>
    public double? Range => Max - Min;

    /// <summary>The quantile 0.75 less the quantile 0.25.</summary>
    public double? InterquartileRange => Quantile(0.75) - Quantile(0.25);

    /// <summary>The median of the distances from the median, not scaled.</summary>
    public double? MedianAbsoluteDeviation => Finite(Sorted.MedianAbsoluteDeviation());

    /// <summary>Values that are zero.</summary>
    public long Zeros => _state.Zeros;

    /// <summary>Values below zero.</summary>
    public long Negatives => _state.Negatives;

    /// <summary>Values that are no number.</summary>
    public long NaNs => _state.NaNs;

    /// <summary>Values that are +∞.</summary>
    public long PositiveInfinities => _state.PositiveInfinities;

    /// <summary>Values that are -∞.</summary>
    public long NegativeInfinities => _state.NegativeInfinities;

    /// <summary>Whether there are values and all finite ones are whole.</summary>
    public bool IsWhole => Count > 0 && _state.IsWhole;

    /// <summary>Whether quantiles, histogram and median deviation are exact; otherwise ranks are within <see cref="QuantileSketch.RankError"/>.</summary>
    public bool AreQuantilesExact => _state.AreQuantilesExact;

    /// <summary>A quantile, interpolated between neighbours as numpy's default does; null without values.</summary>
    /// <param name="share">0 to 1.</param>
    public double? Quantile(double share) => Number(Sorted.Quantile(share));

    /// <summary>The share of values that are at most a value; null without values.</summary>
    /// <param name="value">The value.</param>
    public double? Rank(double value) => Number(Sorted.ShareAtMost(value));

    /// <summary>Bins of equal width from the least to the greatest finite value; each takes its lower edge, the last one both.</summary>
    /// <param name="bins">How many. <value>Default: 20.</value></param>
    public IReadOnlyList<HistogramBin> Histogram(int bins = 20) => Histograms.Of(Sorted, bins, Count, static x => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture));

    internal WeightedValues Sorted => _sorted ??= _state.Sorted();

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}
