using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>The first rows of an order are the first rows of the whole in that order, for each type of key, with nulls, NaN and both zeros.</summary>
public class TopRowsTests
{
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, double.MaxValue, double.MinValue, double.Epsilon];

    [Theory]
    [InlineData("whole")]
    [InlineData("long")]
    [InlineData("single")]
    [InlineData("double")]
    [InlineData("day")]
    [InlineData("at")]
    [InlineData("text")]
    [InlineData("flag")]
    public async Task They_are_those_of_a_full_sort(string key)
    {
        var random = new Random(key.Length);
        foreach (var (rowCount, batchRows) in new[] { (50, 7), (20_000, 20_000), (30_000, 999), (9_000, 4_500) })
        {
            var rows = Rows(rowCount, random);
            foreach (var (descending, nullsFirst) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                OrderKey order = new(key, descending, nullsFirst);
                var sorted = await IdsAsync(EngineFixture.Rows(rows).OrderBy(order), batchRows);
                foreach (var count in new[] { 0, 1, 10, 3_000, rowCount + 1 })
                    Assert.Equal(sorted.Take(count), await IdsAsync(EngineFixture.Rows(rows).OrderBy(order).Take(count), batchRows));
            }
        }
    }

    private static Row[] Rows(int count, Random random) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Row(
            i,
            random.Next(9) == 0 ? null : random.Next(-50, 1 << random.Next(1, 30)),
            random.Next(9) == 0 ? null : random.Next(40) == 0 ? long.MinValue : random.NextInt64() >> random.Next(63),
            random.Next(9) == 0 ? null : (float)Double(random),
            random.Next(9) == 0 ? null : Double(random),
            random.Next(9) == 0 ? null : DateOnly.FromDayNumber(random.Next(3_000_000)),
            random.Next(9) == 0 ? null : DateTimeOffset.UnixEpoch.AddSeconds(random.Next(-9, 9_000)),
            random.Next(9) == 0 ? null : $"t{random.Next(5_000)}",
            random.Next(9) == 0 ? null : random.Next(2) == 0)),
    ];

    private static double Double(Random random) => random.Next(12) == 0 ? Odd[random.Next(Odd.Length)] : (random.NextDouble() - 0.5) * 100;

    private static async Task<List<long>> IdsAsync(Flow flow, int batchRows)
    {
        var ids = new List<long>();
        await foreach (var batch in EngineFixture.Reader(batchRows, threads: 2).ReadAsync(flow, TestContext.Current.CancellationToken))
        {
            using (batch)
                ids.AddRange(((Int64Array)batch.Column(0)).Values);
        }

        return ids;
    }

    private sealed record Row(
        long Id, int? Whole, long? Long, float? Single, double? Double, DateOnly? Day, DateTimeOffset? At, string? Text, bool? Flag);
}
