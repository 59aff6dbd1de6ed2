using System.Text.Json;

namespace DataEngineX.Quality.Tests.Drift;

public class DriftMeasureTests
{
    private static readonly JsonElement Expected = Reference.Read("drift.json");

    [Fact]
    public void Tests_of_two_samples_are_those_of_scipy()
    {
        foreach (var expected in Expected.GetProperty("samples").EnumerateArray())
        {
            var name = expected.GetProperty("name").GetString()!;
            var (x, y) = (expected.Numbers("x"), expected.Numbers("y"));
            var exact = DriftMeasures.KolmogorovSmirnov(x, y, KolmogorovSmirnovForm.Exact);
            Close.To(expected.Number("ks"), exact.Statistic, name);
            Close.ToRelative(expected.Number("exact")!.Value, exact.PValue, name + " exact");
            Close.ToRelative(expected.Number("auto")!.Value, DriftMeasures.KolmogorovSmirnov(y, x).PValue, name + " auto");
            Close.ToRelative(
                expected.Number("asymptotic")!.Value,
                DriftMeasures.KolmogorovSmirnov(x, y, KolmogorovSmirnovForm.Asymptotic).PValue,
                name + " asymptotic");
            Close.To(expected.Number("wasserstein"), DriftMeasures.Wasserstein(x, y), name + " wasserstein");
        }
    }

    [Fact]
    public void The_asymptotic_tail_is_that_of_scipy()
    {
        foreach (var expected in Expected.GetProperty("kolmogorov").EnumerateArray())
        {
            // Two samples of 2n values have the tail of one sample of n.
            var size = 2 * expected.GetProperty("n").GetInt32();
            var steps = expected.GetProperty("steps").GetInt32();
            double[] x = [.. Enumerable.Range(0, size).Select(i => (double)i)];
            double[] y = [.. Enumerable.Range(0, size).Select(i => i + steps - 0.5)];
            var test = DriftMeasures.KolmogorovSmirnov(x, y, KolmogorovSmirnovForm.Asymptotic);
            Assert.Equal((double)steps / size, test.Statistic);
            Close.To(expected.Number("sf"), test.PValue, $"n {size / 2}, steps {steps}");
        }
    }

    [Fact]
    public void Distances_of_distributions_are_those_of_scipy()
    {
        foreach (var expected in Expected.GetProperty("distributions").EnumerateArray())
        {
            var (p, q) = (expected.Numbers("p"), expected.Numbers("q"));
            Close.To(expected.Number("js"), DriftMeasures.JensenShannonDistance(p, q), tolerance: 1e-8);
            Close.To(expected.Number("js2"), DriftMeasures.JensenShannonDistance(p, q, 2), tolerance: 1e-8);
            Close.To(expected.Number("hellinger"), DriftMeasures.Hellinger(p, q));
            Close.To(expected.Number("psi"), DriftMeasures.PopulationStabilityIndex(p, q));
        }
    }

    [Fact]
    public void Chi_square_tests_are_those_of_scipy()
    {
        foreach (var expected in Expected.GetProperty("goodness").EnumerateArray())
        {
            var test = DriftMeasures.ChiSquare(expected.Numbers("observed"), expected.Numbers("expected"));
            Close.To(expected.Number("statistic"), test.Statistic);
            Close.To(expected.Number("p"), test.PValue);
        }

        foreach (var expected in Expected.GetProperty("tables").EnumerateArray())
        {
            var rows = expected.GetProperty("table").EnumerateArray().Select(r => r.EnumerateArray().Select(c => c.GetDouble()).ToArray()).ToArray();
            var plain = DriftMeasures.ChiSquareOfTwo(rows[0], rows[1], correction: false);
            Close.To(expected.Number("statistic"), plain.Statistic);
            Close.To(expected.Number("p"), plain.PValue);
            var corrected = DriftMeasures.ChiSquareOfTwo(rows[0], rows[1]);
            Close.To(expected.Number("corrected"), corrected.Statistic);
            Close.To(expected.Number("corrected_p"), corrected.PValue);
        }
    }

    [Fact]
    public void Counted_orders_are_those_of_all_orders_of_small_samples()
    {
        for (var m = 1; m <= 5; m++)
        {
            for (var n = 1; n <= 5; n++)
                CheckAllOrders(m, n);
        }
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Assert.Contains("2 and 3 bins", Assert.Throws<ArgumentException>(() => DriftMeasures.Hellinger([1, 1], [1, 1, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DriftMeasures.Hellinger([0, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => DriftMeasures.PopulationStabilityIndex([-1, 2], [1, 1]));
        Assert.Throws<ArgumentException>(() => DriftMeasures.JensenShannonDivergence([double.NaN, 2], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DriftMeasures.JensenShannonDivergence([1, 2], [1, 1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DriftMeasures.PopulationStabilityIndex([1, 2], [1, 1], 0));
        Assert.Throws<ArgumentException>(() => DriftMeasures.KolmogorovSmirnov([], [1]));
        Assert.Throws<ArgumentException>(() => DriftMeasures.Wasserstein([1, double.NaN], [1]));
        Assert.Contains("Bin 1", Assert.Throws<ArgumentException>(() => DriftMeasures.ChiSquare([1, 2], [3, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DriftMeasures.ChiSquare([1, 2], [2, 1], estimated: 1));
    }

    [Fact]
    public void Bins_are_filled_as_their_kind_says()
    {
        double[] sample = [.. Enumerable.Range(1, 100).Select(i => (double)i)];
        Assert.All(DriftBins.Counts(sample, DriftBins.QuantileEdges(sample, 4)), c => Assert.Equal(25, c));
        Assert.Equal([34, 66, 0], DriftBins.Counts(sample, [34, 100]));
        Assert.Equal([25.75, 50.5, 75.25], DriftBins.EqualWidthEdges(sample, 4));
        Assert.Equal([2.0], DriftBins.QuantileEdges([2, 2, 2, 2, 2, 2, 2, 3], 4));
        Assert.Throws<ArgumentException>(() => DriftBins.Counts(sample, [2, 1]));
    }

    private static void CheckAllOrders(int m, int n)
    {
        var distances = new List<double>();
        for (var order = 0; order < 1 << (m + n); order++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)order) != m)
                continue;
            double[] x = [.. Enumerable.Range(0, m + n).Where(i => ((order >> i) & 1) == 1).Select(i => (double)i)];
            double[] y = [.. Enumerable.Range(0, m + n).Where(i => ((order >> i) & 1) == 0).Select(i => (double)i)];
            var test = DriftMeasures.KolmogorovSmirnov(x, y, KolmogorovSmirnovForm.Exact);
            distances.Add(test.Statistic);
        }

        double[] first = [.. Enumerable.Range(0, m).Select(i => (double)i)], second = [.. Enumerable.Range(0, n).Select(i => i + 0.5)];
        var found = DriftMeasures.KolmogorovSmirnov(first, second, KolmogorovSmirnovForm.Exact);
        Close.To(distances.Count(d => d > found.Statistic - 1e-12) / (double)distances.Count, found.PValue);
    }
}
