using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Windows agree with LINQ over every partition, in memory and over scratch files.</summary>
public sealed class WindowOperatorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1000, 1L << 30)]
    [InlineData(3, 70, 1L << 30)]
    [InlineData(3, 60, 100_000)]
    public async Task Rankings_and_values_of_other_rows_agree_with_linq(int threads, int batchRows, long budget)
    {
        var random = new Random(batchRows);
        var rows = Enumerable.Range(0, 3000).Select(i => new { Key = random.Next(6) == 0 ? null : "k" + random.Next(40), At = random.Next(30), I = i }).ToArray();
        var flow = EngineFixture.Rows(rows).Window(r => r.Key, r => r.At, (r, w) => new
        {
            r.I,
            Rank = w.Rank(),
            Dense = w.DenseRank(),
            Percent = w.PercentRank(),
            Tile = w.Tile(4),
            Next = (int?)w.Lead(r.I, 2),
            First = w.First(r.I),
            Last = w.Last(r.I),
            Sum = w.RunningSum((long)r.I),
            Mean = w.RunningMean(r.I),
            Count = w.RunningCount(r.Key),
        });
        var actual = await EngineFixture.Reader(batchRows, threads, budget).ToListAsync(flow, Cancel);
        var expected = rows.GroupBy(r => r.Key).OrderBy(g => g.Key is null).ThenBy(g => g.Key, StringComparer.Ordinal).SelectMany(g =>
        {
            var o = g.OrderBy(r => r.At).ToList();
            var larger = o.Count % 4;
            var sizes = Enumerable.Range(0, 4).Select(t => (o.Count / 4) + (t < larger ? 1 : 0)).ToList();
            var tiles = sizes.SelectMany((size, t) => Enumerable.Repeat(t + 1L, size)).ToList();
            return o.Select((r, i) => new
            {
                r.I,
                Rank = o.Count(x => x.At < r.At) + 1L,
                Dense = o.Where(x => x.At < r.At).Select(x => x.At).Distinct().Count() + 1L,
                Percent = o.Count == 1 ? 0.0 : o.Count(x => x.At < r.At) / (double)(o.Count - 1),
                Tile = tiles[i],
                Next = i + 2 < o.Count ? o[i + 2].I : (int?)null,
                First = o[0].I,
                Last = o[^1].I,
                Sum = o.Take(i + 1).Sum(x => (long)x.I),
                Mean = Math.Round(o.Take(i + 1).Average(x => x.I), 6),
                Count = g.Key is null ? 0L : i + 1L,
            });
        });
        Assert.Equal(expected, actual.Select(r => r with { Mean = Math.Round(r.Mean, 6) }));
    }

    [Fact]
    public async Task Typed_and_untyped_windows_give_the_same_rows()
    {
        var rows = Enumerable.Range(0, 50).Select(i => new { Key = i % 3, I = i }).ToArray();
        var typed = EngineFixture.Rows(rows).Window(r => r.Key, r => r.I, (r, w) => new { r.I, Rank = w.Rank(), Next = (int?)w.Lead(r.I, 1), Sum = w.RunningSum((long)r.I) });
        var untyped = ((Flow)EngineFixture.Rows(rows)).Window(
            ["key"], [new OrderKey("i")],
            WindowColumn.Rank(), WindowColumn.Lead(Col("i")).As("next"), WindowColumn.RunningSum(Col("i")).As("sum"));
        var reader = EngineFixture.Reader(7);
        var expected = await reader.ToListAsync(typed, Cancel);
        Assert.Equal(expected, await reader.ToListAsync(Same(untyped.Select("i", "rank", "next", "sum"), typed), Cancel));
    }

    private static Flow<T> Same<T>(Flow flow, Flow<T> shape)
    {
        Assert.NotNull(shape);
        return flow.As<T>();
    }
}
