using DataEngineX.Pipelines.Tests.Soak;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Flows over random rows and batch sizes give what LINQ gives over the same rows.</summary>
public sealed class RandomFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Flows_agree_with_linq() => AgreeAsync(seed: 7, count: 40);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Flows_agree_with_linq_over_many_random_inputs() => AgreeAsync(SoakSettings.Seed, SoakSettings.Count);

    private static async Task AgreeAsync(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var rows = RandomRows(random);
            var reader = EngineFixture.Reader(random.Next(1, 40));
            try
            {
                await FilterAndGroupAsync(reader, rows, random.Next(-5, 10));
                await JoinAsync(reader, rows, RandomRows(random));
                await WindowAsync(reader, rows);
                await DistinctAndSortAsync(reader, rows);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, input {i}: {e.Message}", e);
            }
        }
    }

    private static Reading[] RandomRows(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(0, 120)).Select(i => new Reading(
            random.Next(6) == 0 ? null : ((char)('a' + random.Next(5))).ToString(),
            new DateOnly(2015, 1, 1).AddDays(random.Next(20)),
            random.Next(5) == 0 ? null : random.Next(-10, 20),
            i)),
    ];

    private static async Task FilterAndGroupAsync(FlowReader reader, Reading[] rows, double limit)
    {
        var actual = await reader.ToListAsync(
            EngineFixture.Rows(rows).Where(r => r.TempF > limit).GroupBy(r => r.Station)
                .Aggregate(g => new { Station = g.Key, Rows = g.Count(), Sum = g.Sum(r => r.Count), Max = g.Max(r => r.TempF) }),
            Cancel);
        var expected = rows.Where(r => r.TempF > limit).GroupBy(r => r.Station)
            .Select(g => new { Station = g.Key, Rows = (long)g.Count(), Sum = g.Sum(r => r.Count), Max = g.Max(r => r.TempF) });
        Assert.Equal(expected.OrderBy(r => r.Station, StringComparer.Ordinal), actual.OrderBy(r => r.Station, StringComparer.Ordinal));
    }

    private static async Task JoinAsync(FlowReader reader, Reading[] left, Reading[] right)
    {
        var actual = await reader.ToListAsync(
            EngineFixture.Rows(left).Join(
                EngineFixture.Rows(right), l => new { l.Station, l.Day }, r => new { r.Station, r.Day }, (l, r) => new { Left = l.Count, Right = r.Count }),
            Cancel);
        var expected = left.Where(l => l.Station is not null)
            .SelectMany(l => right.Where(r => r.Station == l.Station && r.Day == l.Day).Select(r => new { Left = l.Count, Right = r.Count }));
        Assert.Equal(expected, actual);
    }

    private static async Task WindowAsync(FlowReader reader, Reading[] rows)
    {
        var actual = await reader.ToListAsync(
            EngineFixture.Rows(rows).Window(
                r => r.Station, r => new { r.Day, r.Count },
                (r, w) => new { r.Count, Before = (int?)w.Lag(r.Count, 2), Mean = (double?)w.RollingMean(r.Count, 3, 1) }),
            Cancel);
        var expected = rows.GroupBy(r => r.Station).OrderBy(g => g.Key is null).ThenBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g =>
            {
                var ordered = g.OrderBy(r => r.Day).ThenBy(r => r.Count).ToList();
                return ordered.Select((r, i) => new
                {
                    r.Count,
                    Before = i < 2 ? (int?)null : ordered[i - 2].Count,
                    Mean = (double?)ordered.Skip(Math.Max(0, i - 2)).Take(Math.Min(3, i + 1)).Average(x => x.Count),
                });
            }).ToList();
        Assert.Equal(expected.Select(r => (r.Count, r.Before)), actual.Select(r => (r.Count, r.Before)));
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First.Mean!.Value, p.Second.Mean!.Value, 9));
    }

    private static async Task DistinctAndSortAsync(FlowReader reader, Reading[] rows)
    {
        var actual = await reader.ToListAsync(EngineFixture.Rows(rows).DistinctBy(r => new { r.Station, r.TempF }).OrderBy(r => r.Count), Cancel);
        var expected = rows.DistinctBy(r => (r.Station, r.TempF)).OrderBy(r => r.Count);
        Assert.Equal(expected, actual);
    }
}
