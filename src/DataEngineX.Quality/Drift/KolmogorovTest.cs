namespace DataEngineX.Quality;

/// <summary>The two-sided Kolmogorov-Smirnov test of values in ascending order, none of which is NaN.</summary>
internal static class KolmogorovTest
{
    /// <summary>A sample against a distribution.</summary>
    public static TestResult OfOne(ReadOnlySpan<double> x, ExpectedDistribution expected)
    {
        var distance = 0d;
        for (var i = 0; i < x.Length; i++)
        {
            var below = expected.Below(x[i]);
            distance = Math.Max(distance, Math.Max(((i + 1d) / x.Length) - below, below - ((double)i / x.Length)));
        }

        return new TestResult(distance, KolmogorovTail.OfOneSample(x.Length, distance));
    }

    /// <summary>A sample against another.</summary>
    public static TestResult OfTwo(ReadOnlySpan<double> x, ReadOnlySpan<double> y, KolmogorovSmirnovForm form)
    {
        var steps = 0L;
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            var value = j == y.Length || (i < x.Length && x[i] <= y[j]) ? x[i] : y[j];
            while (i < x.Length && x[i] == value)
                i++;
            while (j < y.Length && y[j] == value)
                j++;
            steps = Math.Max(steps, Math.Abs(((long)i * y.Length) - ((long)j * x.Length)));
        }

        var distance = (double)steps / ((long)x.Length * y.Length);
        var isExact = form == KolmogorovSmirnovForm.Exact
            || (form == KolmogorovSmirnovForm.Auto && Math.Max(x.Length, y.Length) <= KolmogorovTail.MostExact);
        return new TestResult(distance, isExact
            ? KolmogorovTail.OfTwoSamples(x.Length, y.Length, steps)
            : KolmogorovTail.OfOneSample((long)Math.Round((double)x.Length * y.Length / (x.Length + y.Length), MidpointRounding.ToEven), distance));
    }

    /// <summary>How likely samples drawn with replacement pass the test, with one more that does: so no share is nothing.</summary>
    /// <param name="x">The values.</param>
    /// <param name="expected">The expected distribution.</param>
    /// <param name="probability">The p-value a sample is to reach.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="size">How many values each has.</param>
    /// <param name="seed">Decides which values are drawn.</param>
    public static double Bootstrap(ReadOnlySpan<double> x, ExpectedDistribution expected, double probability, int samples, int size, long seed)
    {
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        var drawn = new double[size];
        var passed = 0;
        for (var s = 0; s < samples; s++)
        {
            for (var i = 0; i < size; i++)
                drawn[i] = x[random.Next(x.Length)];
            drawn.AsSpan().Sort();
            passed += OfOne(drawn, expected).PValue >= probability ? 1 : 0;
        }

        return (1d + passed) / (samples + 1d);
    }
}
