namespace DataEngineX.Quality;

/// <summary>Measures of how far two distributions or samples are apart, with the meaning and defaults of scipy where it has them.</summary>
/// <remarks>
/// Distributions are given as weights of the same bins in the same order: counts or shares, at least 0, finite, at least one above; they are
/// divided by their sum.
/// </remarks>
public static class DriftMeasures
{
    /// <summary>The population stability index: Σ (a - e) ln(a / e).</summary>
    /// <param name="expected">Weights of the distribution compared with.</param>
    /// <param name="actual">Weights of the distribution compared.</param>
    /// <param name="floor">The share that an emptier bin is taken to have, so that the measure stays finite. <value>Default: 0.0001.</value></param>
    /// <returns>0 or more; by custom a shift from 0.1 on is moderate, and from 0.25 on large.</returns>
    public static double PopulationStabilityIndex(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double floor = 1e-4)
    {
        if (!(floor > 0 && floor < 1))
            throw new ArgumentOutOfRangeException(nameof(floor), floor, "The floor of a share lies between 0 and 1.");
        var (e, a) = Shares(expected, actual);
        var sum = 0.0;
        for (var i = 0; i < e.Length; i++)
        {
            var (x, y) = (Math.Max(e[i], floor), Math.Max(a[i], floor));
            sum += (y - x) * Math.Log(y / x);
        }

        return sum;
    }

    /// <summary>The Jensen-Shannon distance: the square root of <see cref="JensenShannonDivergence"/>.</summary>
    /// <param name="left">Weights of one distribution.</param>
    /// <param name="right">Weights of the other.</param>
    /// <param name="logBase">The base of the logarithm. <value>Default: e; with 2 the distance lies from 0 to 1.</value></param>
    public static double JensenShannonDistance(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double logBase = Math.E) =>
        Math.Sqrt(JensenShannonDivergence(left, right, logBase));

    /// <summary>The Jensen-Shannon divergence: the mean of the Kullback-Leibler divergences from the mean of both.</summary>
    /// <param name="left">Weights of one distribution.</param>
    /// <param name="right">Weights of the other.</param>
    /// <param name="logBase">The base of the logarithm. <value>Default: e; with 2 the divergence lies from 0 to 1.</value></param>
    public static double JensenShannonDivergence(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double logBase = Math.E)
    {
        if (!(logBase > 1 && double.IsFinite(logBase)))
            throw new ArgumentOutOfRangeException(nameof(logBase), logBase, "The base of a logarithm is above 1.");
        var (p, q) = Shares(left, right);
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var mean = (p[i] + q[i]) / 2;
            sum += Part(p[i], mean) + Part(q[i], mean);
        }

        return Math.Max(0, sum / 2 / Math.Log(logBase));

        static double Part(double share, double mean) => share == 0 ? 0 : share * Math.Log(share / mean);
    }

    /// <summary>The Hellinger distance, from 0 to 1: √(Σ (√p - √q)²) / √2.</summary>
    /// <param name="left">Weights of one distribution.</param>
    /// <param name="right">Weights of the other.</param>
    public static double Hellinger(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (p, q) = Shares(left, right);
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var difference = Math.Sqrt(p[i]) - Math.Sqrt(q[i]);
            sum += difference * difference;
        }

        return Math.Sqrt(sum / 2);
    }

    /// <summary>The two-sided Kolmogorov-Smirnov test of two samples: the greatest distance of their distribution functions.</summary>
    /// <param name="left">One sample, in any order; without NaN, not empty.</param>
    /// <param name="right">The other.</param>
    /// <param name="form">How the p-value is found. <value>Default: <see cref="KolmogorovSmirnovForm.Auto"/>.</value></param>
    public static TestResult KolmogorovSmirnov(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, KolmogorovSmirnovForm form = KolmogorovSmirnovForm.Auto) =>
        KolmogorovTest.OfTwo(Sorted(left, nameof(left)), Sorted(right, nameof(right)), form);

    /// <summary>The two-sided Kolmogorov-Smirnov test of a sample against an expected distribution; its p-value is exact.</summary>
    /// <param name="values">The sample, in any order; without NaN, not empty.</param>
    /// <param name="expected">The expected distribution.</param>
    public static TestResult KolmogorovSmirnov(ReadOnlySpan<double> values, ExpectedDistribution expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return KolmogorovTest.OfOne(Sorted(values, nameof(values)), expected);
    }

    /// <summary>The chi-square test of observed against expected counts.</summary>
    /// <param name="observed">The counts observed.</param>
    /// <param name="expected">The counts expected, all above 0 and with the same sum; shares are multiplied by the number observed first.</param>
    /// <param name="estimated">Parameters of the expectation that were estimated from the data; each takes a degree of freedom. <value>Default: 0.</value></param>
    public static TestResult ChiSquare(ReadOnlySpan<double> observed, ReadOnlySpan<double> expected, int estimated = 0)
    {
        _ = Shares(observed, expected);
        double seen = 0, planned = 0, statistic = 0;
        for (var i = 0; i < observed.Length; i++)
        {
            seen += observed[i];
            planned += expected[i];
        }

        for (var i = 0; i < observed.Length; i++)
        {
            var mean = expected[i] * (seen / planned);
            if (mean == 0)
                throw new ArgumentException($"Bin {i} is expected to be empty: the test has no value there; join it with another bin.", nameof(expected));
            statistic += (observed[i] - mean) * (observed[i] - mean) / mean;
        }

        var degrees = observed.Length - 1 - estimated;
        return degrees < 1
            ? throw new ArgumentException($"{observed.Length} bins with {estimated} estimated parameters leave no degree of freedom.", nameof(observed))
            : new TestResult(statistic, Gamma.ChiSquareTail(statistic, degrees));
    }

    /// <summary>The chi-square test that two samples come from one distribution: that of their table of counts. Bins empty in both are left out.</summary>
    /// <param name="left">Counts of one sample.</param>
    /// <param name="right">Counts of the other.</param>
    /// <param name="correction">Whether Yates' correction is used with two bins. <value>Default: true.</value></param>
    public static TestResult ChiSquareOfTwo(ReadOnlySpan<double> left, ReadOnlySpan<double> right, bool correction = true)
    {
        _ = Shares(left, right);
        double a = 0, b = 0, statistic = 0;
        var bins = 0;
        for (var i = 0; i < left.Length; i++)
        {
            a += left[i];
            b += right[i];
            bins += left[i] + right[i] > 0 ? 1 : 0;
        }

        if (bins < 2)
            return new TestResult(0, 1);
        for (var i = 0; i < left.Length; i++)
        {
            var both = left[i] + right[i];
            if (both == 0)
                continue;
            statistic += Part(left[i], both * a / (a + b), bins == 2 && correction) + Part(right[i], both * b / (a + b), bins == 2 && correction);
        }

        return new TestResult(statistic, Gamma.ChiSquareTail(statistic, bins - 1));

        static double Part(double observed, double expected, bool isCorrected)
        {
            var off = Math.Abs(observed - expected);
            off -= isCorrected ? Math.Min(0.5, off) : 0;
            return off * off / expected;
        }
    }

    /// <summary>The Wasserstein (earth mover's) distance of two samples, in the unit of the values: the area between their distribution functions.</summary>
    /// <param name="left">One sample, in any order; finite, not empty.</param>
    /// <param name="right">The other.</param>
    public static double Wasserstein(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (x, y) = (Sorted(left, nameof(left)), Sorted(right, nameof(right)));
        var (weightsX, weightsY) = (new long[x.Length], new long[y.Length]);
        System.Array.Fill(weightsX, 1);
        System.Array.Fill(weightsY, 1);
        return Distances.Wasserstein(new WeightedValues(x, weightsX), new WeightedValues(y, weightsY));
    }

    private static double[] Sorted(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty)
            throw new ArgumentException("The sample has no values.", name);
        var sorted = values.ToArray();
        System.Array.Sort(sorted);
        // NaN sorts first.
        return double.IsNaN(sorted[0]) ? throw new ArgumentException("The sample holds NaN.", name) : sorted;
    }

    private static (double[] Left, double[] Right) Shares(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length != right.Length)
            throw new ArgumentException($"The distributions have {left.Length} and {right.Length} bins; they need the same ones.", nameof(right));
        return (Shares(left, nameof(left)), Shares(right, nameof(right)));
    }

    private static double[] Shares(ReadOnlySpan<double> weights, string name)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException($"{weight} is no weight of a bin: it must be a number of at least 0.", name);
            sum += weight;
        }

        if (!(sum > 0 && double.IsFinite(sum)))
            throw new ArgumentException("All bins of the distribution are empty.", name);
        var shares = new double[weights.Length];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = weights[i] / sum;
        return shares;
    }
}
