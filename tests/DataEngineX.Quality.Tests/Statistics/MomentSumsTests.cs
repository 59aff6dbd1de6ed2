using CsCheck;

namespace DataEngineX.Quality.Tests.Statistics;

public class MomentSumsTests
{
    [Fact]
    public void Merging_any_parts_gives_the_single_pass() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[0, 60], Gen.Int[0, 60], Gen.Int[0, 60]).Sample(
            (values, a, b) =>
            {
                var (first, second) = (Math.Min(Math.Min(a, b), values.Length), Math.Min(Math.Max(a, b), values.Length));
                var whole = MomentSums.Of(values);
                var merged = MomentSums.Of(values.AsSpan(0, first)).Merge(MomentSums.Of(values.AsSpan(first..second))).Merge(MomentSums.Of(values.AsSpan(second)));
                Assert.Equal(whole.Count, merged.Count);
                Near(whole.Sum, merged.Sum, 1e6 * values.Length);
                Near(whole.M2, merged.M2, whole.M2);
                Near(whole.M3, merged.M3, Math.Pow(whole.M2, 1.5));
                Near(whole.M4, merged.M4, whole.M4);
            },
            iter: 2000,
            threads: 1);

    [Fact]
    public void Moments_are_those_of_the_definition() =>
        Gen.Double[-50, 50].Array[1, 40].Sample(
            values =>
            {
                var moments = MomentSums.Of(values);
                var mean = values.Average();
                double Power(int p) => values.Sum(v => Math.Pow(v - mean, p));
                Near(mean, moments.Mean, 50);
                Near(Power(2), moments.M2, Power(2));
                Near(Power(3), moments.M3, Math.Pow(Power(2), 1.5));
                Near(Power(4), moments.M4, Power(4));
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void Large_values_close_to_each_other_keep_their_variance()
    {
        var moments = default(MomentSums);
        for (var i = 0; i < 1000; i++)
            moments = moments.Merge(MomentSums.Of([1e12 + (i % 10)]));
        Close.To(8.25 * 1000 / 999, moments.Variance, tolerance: 1e-6);
    }

    [Fact]
    public void Equal_values_have_no_shape()
    {
        var moments = MomentSums.Of([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
        Assert.True(double.IsNaN(moments.Skewness));
        Assert.True(double.IsNaN(moments.Kurtosis));
        Assert.True(double.IsNaN(default(MomentSums).Mean));
    }

    private static void Near(double expected, double actual, double scale) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-11 * Math.Max(1e-6, scale), $"{actual:R} instead of {expected:R}");
}
