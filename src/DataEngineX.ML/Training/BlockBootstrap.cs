namespace DataEngineX.ML;

/// <summary>Intervals for means of values that are correlated in time, by the moving block bootstrap.</summary>
public static class BlockBootstrap
{
    /// <summary>
    /// The interval of the mean of paired differences. Whole blocks of consecutive times are drawn, so that runs of good or bad days stay
    /// together; all rows of one time are drawn together.
    /// </summary>
    /// <param name="differences">The difference of each row, such as baseline error minus model error.</param>
    /// <param name="times">The time of each row; rows of equal time form one step.</param>
    /// <param name="block">The consecutive times in a block, at least 1. <value>Default: 7.</value></param>
    /// <param name="resamples">How often to draw, at least 100. <value>Default: 2,000.</value></param>
    /// <param name="confidence">The share of resampled means inside the interval, between 0 and 1. <value>Default: 0.95.</value></param>
    /// <param name="seed">The seed; equal seeds give equal intervals. <value>Default: 0.</value></param>
    /// <returns>Mean and bounds; all NaN when there are no rows.</returns>
    public static MeanInterval Mean(
        ReadOnlySpan<double> differences,
        ReadOnlySpan<DateTime> times,
        int block = 7,
        int resamples = 2000,
        double confidence = 0.95,
        int seed = 0)
    {
        if (differences.Length != times.Length)
            throw new ArgumentException($"{differences.Length} differences do not pair with {times.Length} times.", nameof(times));
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (confidence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        if (differences.Length == 0)
            return new MeanInterval(double.NaN, double.NaN, double.NaN);

        var (sums, counts) = Steps(differences, times);
        var length = Math.Min(block, sums.Length);
        var means = new double[resamples];
        var random = new Random(seed);
        for (var r = 0; r < resamples; r++)
        {
            var sum = 0.0;
            var rows = 0;
            for (var filled = 0; filled < sums.Length;)
            {
                var start = random.Next(sums.Length - length + 1);
                for (var i = 0; i < length && filled < sums.Length; i++, filled++)
                {
                    sum += sums[start + i];
                    rows += counts[start + i];
                }
            }

            means[r] = sum / rows;
        }

        System.Array.Sort(means);
        var tail = (1 - confidence) / 2;
        return new MeanInterval(
            sums.Sum() / differences.Length, Quantile(means, tail), Quantile(means, 1 - tail));
    }

    private static (double[] Sums, int[] Counts) Steps(ReadOnlySpan<double> differences, ReadOnlySpan<DateTime> times)
    {
        var steps = new SortedDictionary<DateTime, (double Sum, int Count)>();
        for (var i = 0; i < differences.Length; i++)
        {
            var (sum, count) = steps.GetValueOrDefault(times[i]);
            steps[times[i]] = (sum + differences[i], count + 1);
        }

        return ([.. steps.Values.Select(s => s.Sum)], [.. steps.Values.Select(s => s.Count)]);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var low = (int)Math.Floor(at);
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((at - low) * (sorted[high] - sorted[low]));
    }
}
