namespace DataEngineX.Quality;

/// <summary>Values in order, each with the number of times it is there.</summary>
internal sealed class WeightedValues
{
    private readonly double[] _values;
    private readonly long[] _ends;

    /// <param name="values">The values in any order; taken.</param>
    /// <param name="weights">As many weights; taken.</param>
    public WeightedValues(double[] values, long[] weights)
    {
        Array.Sort(values, weights);
        _values = values;
        _ends = weights;
        for (var i = 1; i < weights.Length; i++)
            weights[i] += weights[i - 1];
    }

    public long Count => _ends.Length == 0 ? 0 : _ends[^1];

    public ReadOnlySpan<double> Values => _values;

    public long Weight(int index) => index == 0 ? _ends[0] : _ends[index] - _ends[index - 1];

    /// <summary>The quantile at position share × (n - 1), interpolated between the two values beside it.</summary>
    public double Quantile(double share)
    {
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of a quantile lies from 0 to 1.");
        if (Count == 0)
            return double.NaN;
        var position = share * (Count - 1);
        var below = (long)Math.Floor(position);
        var low = At(below);
        var fraction = position - below;
        if (fraction == 0)
            return low;
        var high = At(Math.Min(below + 1, Count - 1));
        return low == high ? low : low + ((high - low) * fraction);
    }

    /// <summary>The share of values that are at most a value.</summary>
    public double ShareAtMost(double value) => Count == 0 ? double.NaN : (double)AtMost(value) / Count;

    /// <summary>How many values are at most a value.</summary>
    public long AtMost(double value) => EndOf(FirstAfter(value, isInclusive: false));

    /// <summary>How many values are below a value.</summary>
    public long Below(double value) => EndOf(FirstAfter(value, isInclusive: true));

    /// <summary>The median of the distances from the median.</summary>
    public double MedianAbsoluteDeviation()
    {
        if (Count == 0)
            return double.NaN;
        var median = Quantile(0.5);
        var distances = new double[_values.Length];
        var weights = new long[_values.Length];
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(_values[i] - median);
            weights[i] = Weight(i);
        }

        return new WeightedValues(distances, weights).Quantile(0.5);
    }

    private double At(long position)
    {
        var index = Array.BinarySearch(_ends, position + 1);
        return _values[index >= 0 ? index : ~index];
    }

    private long EndOf(int index) => index == 0 ? 0 : _ends[index - 1];

    /// <summary>The index of the first value above, or with <paramref name="isInclusive"/> at or above, a value.</summary>
    private int FirstAfter(double value, bool isInclusive)
    {
        int low = 0, high = _values.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (isInclusive ? _values[middle] < value : _values[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
