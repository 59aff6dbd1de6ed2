using CsCheck;

namespace DataEngineX.Quality.Tests.Statistics;

public class QuantileSketchTests
{
    private static readonly double[] Shares = [0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    [Fact]
    public void Few_values_are_kept_whole() =>
        Gen.Select(Gen.Double[-100, 100].Array[1, 200], Gen.Double[0, 1], Gen.Int[0, 200]).Sample(
            (values, share, cut) =>
            {
                var first = new QuantileSketch();
                first.Add(values.AsSpan(0, Math.Min(cut, values.Length)));
                var second = new QuantileSketch();
                second.Add(values.AsSpan(Math.Min(cut, values.Length)));
                first.Merge(second);
                Assert.True(first.IsExact);
                var sorted = values.Order().ToArray();
                var position = share * (sorted.Length - 1);
                var below = sorted[(int)Math.Floor(position)];
                var above = sorted[(int)Math.Ceiling(position)];
                Close.To(below + ((above - below) * (position - Math.Floor(position))), first.Quantile(share));
                Close.To(sorted.Count(v => v <= below) / (double)sorted.Length, first.Rank(below));
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void Ranks_are_within_their_bound()
    {
        for (var seed = 1; seed <= 12; seed++)
            Check(seed, 200_000);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void Ranks_are_within_their_bound_for_many_seeds()
    {
        var misses = 0;
        for (var i = 0; i < SoakSettings.Count; i++)
            misses += Misses(SoakSettings.Seed + i, 300_000);
        Assert.InRange(misses, 0, SoakSettings.Count * Shares.Length / 1000);
    }

    [Fact]
    public void A_value_of_any_weight_counts_as_so_many()
    {
        var random = new Random(3);
        var sketch = new QuantileSketch();
        var counts = new SortedDictionary<double, long>();
        for (var i = 0; i < 2000; i++)
        {
            var value = Math.Round(random.NextDouble() * 500);
            var count = (long)Math.Pow(10, random.NextDouble() * 5);
            sketch.Add(value, count);
            counts[value] = counts.GetValueOrDefault(value) + count;
        }

        var total = counts.Values.Sum();
        Assert.Equal(total, sketch.Count);
        var below = 0L;
        foreach (var (value, count) in counts)
        {
            below += count;
            Assert.InRange(sketch.Rank(value) - ((double)below / total), -QuantileSketch.RankError, QuantileSketch.RankError);
        }
    }

    [Fact]
    public void The_state_comes_back_and_goes_on_as_it_would_have()
    {
        var sketch = new QuantileSketch();
        sketch.Add(Values(9, 50_000));
        var back = QuantileSketch.Parse(sketch.ToJson());
        Assert.Equal(sketch.ToJson(), back.ToJson());
        sketch.Add(Values(10, 50_000));
        back.Add(Values(10, 50_000));
        Assert.Equal(sketch.ToJson(), back.ToJson());
        Assert.Equal(100_000, back.Count);
    }

    [Fact]
    public void A_state_is_small()
    {
        var sketch = new QuantileSketch();
        for (var i = 0; i < 50; i++)
            sketch.Add(Values(i, 100_000));
        Assert.InRange(sketch.ToJson().Length, 1, 60_000);
    }

    [Fact]
    public void Without_values_there_is_no_quantile()
    {
        var sketch = new QuantileSketch();
        Assert.True(double.IsNaN(sketch.Quantile(0.5)));
        Assert.True(double.IsNaN(sketch.Rank(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Quantile(1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Quantile(double.NaN));
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        var sketch = new QuantileSketch();
        sketch.Add([1, 2, 3]);
        var json = sketch.ToJson();
        var state = json[(json.IndexOf("state", StringComparison.Ordinal) + 8)..^2];
        var bytes = Convert.FromBase64String(state);
        for (var i = 0; i < bytes.Length - 1; i++)
        {
            var cut = json.Replace(state, Convert.ToBase64String(bytes[..i]), StringComparison.Ordinal);
            Assert.Throws<FormatException>(() => QuantileSketch.Parse(cut));
        }

        bytes[0] = 4;
        Assert.Throws<FormatException>(() => QuantileSketch.Parse(json.Replace(state, Convert.ToBase64String(bytes), StringComparison.Ordinal)));
    }

    private static void Check(int seed, int count) => Assert.Equal(0, Misses(seed, count));

    /// <summary>How many quantiles of a sketch, built in parts that are merged, are beyond the bound.</summary>
    private static int Misses(int seed, int count)
    {
        var random = new Random(seed);
        var values = Values(seed, count);
        var sketch = new QuantileSketch();
        for (var start = 0; start < count;)
        {
            var end = Math.Min(count, start + random.Next(1, count));
            if (random.Next(2) == 0)
            {
                sketch.Add(values.AsSpan(start..end));
            }
            else
            {
                var part = new QuantileSketch();
                part.Add(values.AsSpan(start..end));
                sketch.Merge(part);
            }

            start = end;
        }

        Assert.Equal(count, sketch.Count);
        Array.Sort(values);
        return Shares.Count(share => Error(values, sketch.Quantile(share), share) > QuantileSketch.RankError);
    }

    /// <summary>How far a value is from the ranks it has among sorted values.</summary>
    private static double Error(double[] sorted, double value, double share)
    {
        var first = Array.FindIndex(sorted, v => v >= value);
        var last = Array.FindLastIndex(sorted, v => v <= value);
        double low = Math.Min(first < 0 ? sorted.Length : first, last + 1), high = Math.Max(first < 0 ? sorted.Length : first, last + 1);
        return Math.Max(0, Math.Max((low / sorted.Length) - share, share - (high / sorted.Length)));
    }

    /// <summary>Values in several shapes: even, heavy-tailed, sorted, and with many ties.</summary>
    private static double[] Values(int seed, int count)
    {
        var random = new Random(seed);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (seed % 4) switch
            {
                0 => random.NextDouble(),
                1 => Math.Exp(20 * random.NextDouble()),
                2 => i + random.NextDouble(),
                _ => Math.Floor(30 * random.NextDouble() * random.NextDouble()),
            };
        }

        return values;
    }
}
