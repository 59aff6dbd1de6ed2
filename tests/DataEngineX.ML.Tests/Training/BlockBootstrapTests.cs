using CsCheck;

namespace DataEngineX.ML.Tests.Training;

public class BlockBootstrapTests
{
    private static readonly DateTime s_start = new(2020, 1, 1);

    [Fact]
    public void The_interval_holds_the_mean_and_is_the_same_for_the_same_seed()
        => Gen.Double[-5, 5].Array[1, 60].Sample(values =>
        {
            var times = values.Select((_, i) => s_start.AddDays(i)).ToArray();
            var interval = BlockBootstrap.Mean(values, times, resamples: 200, seed: 3);
            Assert.Equal(values.Average(), interval.Mean, 9);
            Assert.True(interval.Low <= interval.High);
            Assert.True(interval.Low >= values.Min() - 1e-9 && interval.High <= values.Max() + 1e-9);
            Assert.Equal(interval, BlockBootstrap.Mean(values, times, resamples: 200, seed: 3));
        }, iter: 50);

    [Fact]
    public void A_clear_difference_excludes_zero_and_none_does_not()
    {
        var random = new Random(1);
        var noise = Enumerable.Range(0, 365).Select(_ => (random.NextDouble() * 2) - 1).ToArray();
        var times = noise.Select((_, i) => s_start.AddDays(i)).ToArray();

        Assert.True(BlockBootstrap.Mean(noise.Select(n => n + 0.5).ToArray(), times).ExcludesZero);
        Assert.False(BlockBootstrap.Mean(noise.Select(n => n - noise.Average()).ToArray(), times).ExcludesZero);
    }

    [Fact]
    public void Correlated_days_widen_the_interval_against_single_days()
    {
        var random = new Random(2);
        var level = 0.0;
        var values = Enumerable.Range(0, 700).Select(i => i % 7 == 0 ? level = (random.NextDouble() * 2) - 1 : level).ToArray();
        var times = values.Select((_, i) => s_start.AddDays(i)).ToArray();

        var blocks = BlockBootstrap.Mean(values, times, block: 14);
        var singles = BlockBootstrap.Mean(values, times, block: 1);

        Assert.True(blocks.High - blocks.Low > 1.5 * (singles.High - singles.Low));
    }

    [Fact]
    public void Rows_of_one_time_are_drawn_together()
    {
        // Two rows a day that cancel out: whatever is drawn, the mean is 0.
        var values = Enumerable.Range(0, 100).SelectMany(i => new double[] { i, -i }).ToArray();
        var times = values.Select((_, i) => s_start.AddDays(i / 2)).ToArray();

        Assert.Equal(new MeanInterval(0, 0, 0), BlockBootstrap.Mean(values, times));
    }

    [Fact]
    public void Without_rows_there_is_no_interval()
    {
        var interval = BlockBootstrap.Mean([], []);

        Assert.True(double.IsNaN(interval.Mean));
        Assert.False(interval.ExcludesZero);
        Assert.Throws<ArgumentException>(() => BlockBootstrap.Mean([1.0], []));
    }
}
