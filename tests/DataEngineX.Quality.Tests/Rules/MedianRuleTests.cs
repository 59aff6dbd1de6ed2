using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Rules;

/// <summary>Medians of more values than are sorted at once are those of the sorted values.</summary>
public class MedianRuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uniform", 100_001)]
    [InlineData("uniform", 100_000)]
    [InlineData("ties", 100_000)]
    [InlineData("same", 50_000)]
    [InlineData("zeros", 70_000)]
    [InlineData("infinite", 60_000)]
    [InlineData("rising", 80_000)]
    [InlineData("misled", 600_000)]
    [InlineData("missed", 100_000)]
    public async Task The_median_is_in_the_middle(string kind, int count)
    {
        var random = new Random(count);
        var values = new double[count];
        var step = count / (1 << 15);
        for (var i = 0; i < count; i++)
        {
            values[i] = kind switch
            {
                "uniform" => random.NextDouble() - 0.5,
                "ties" => random.Next(10) < 7 ? 0 : random.NextDouble(),
                "same" => 4.5,
                "zeros" => random.Next(2) == 0 ? 0.0 : -0.0,
                "infinite" => random.Next(3) switch { 0 => double.NegativeInfinity, 1 => double.PositiveInfinity, _ => random.NextDouble() },
                "rising" => i,
                // What a sample of each so many values sees is not what most are: too many lie between, or none.
                "misled" => i % step == 0 ? random.Next(2) : random.NextDouble(),
                _ => i % step == 0 ? 0 : 1 + random.NextDouble(),
            };
        }

        var expected = Middle(values);
        using var batch = new RecordBatch(
            new Schema([new Field("x", DoubleType.Default, false), new Field("n", Int64Type.Default, false)], null),
            [new DoubleArray.Builder().AppendRange(values).Build(), new Int64Array.Builder().AppendRange(values.Select(Whole)).Build()],
            count);
        for (var threads = 1; threads <= 2; threads++)
        {
            var result = await new QualityBuilder().Median("x", null, null).Median("n", null, null).Build()
                .CheckAsync(Rows.Stream(Rows.Split(batch, 9_000)), batch.Schema, new CheckOptions { Parallelism = threads }, Cancel);
            Assert.Equal(expected, double.Parse(result.Verdicts[0].Observed!, CultureInfo.InvariantCulture));
            Assert.Equal(Middle([.. values.Select(v => (double)Whole(v))]), double.Parse(result.Verdicts[1].Observed!, CultureInfo.InvariantCulture));
        }
    }

    private static long Whole(double value) => double.IsFinite(value) ? (long)(value * 1_000_000) : double.IsPositive(value) ? long.MaxValue / 4096 * 1024 : long.MinValue / 4096 * 1024;

    private static double Middle(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
