using DataEngineX.Pipelines.Tests.Soak;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Groups agree with LINQ over random rows, whatever the number of threads, the size of batches and the memory.</summary>
public sealed class GroupByAgreementTests
{
    private static readonly string[][] KeySets =
    [
        ["text"], ["small"], ["wide"], ["real"], ["flag"], ["day"], ["text", "small"], ["small", "flag", "day"], ["text", "value", "wide", "real"], [],
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Groups_agree_with_linq() => AgreeAsync(seed: 11, count: 20);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Groups_agree_with_linq_over_many_random_inputs() => AgreeAsync(SoakSettings.Seed, SoakSettings.Count);

    [Theory]
    [InlineData(20_000, 20_000)]
    [InlineData(20_000, 3_000)]
    public async Task Groups_that_do_not_fit_the_memory_agree_with_linq(int count, int keys)
    {
        var random = new Random(count + keys);
        var rows = RandomRows(random, count, keys);
        var reader = EngineFixture.Reader(new EngineOptions { BatchRows = 1_000, Parallelism = 2, MemoryBudgetBytes = 3_000_000 });
        await CompareAsync(reader, rows, ["text", "wide"]);
        var flow = Flow(rows, ["text", "wide"])
            .Aggregate(Aggregate.Median(Col("real")), Aggregate.CountDistinct(Col("value")), Aggregate.First(Col("value")), Aggregate.Last(Col("row")));
        Assert.Contains("spilled", await reader.ExplainRunAsync(flow, Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2L << 30)]
    [InlineData(40_000_000L)]
    [InlineData(1_300_000L)]
    public async Task Many_groups_of_one_row_each_are_all_there(long budget)
    {
        GroupedRow[] rows = [.. Enumerable.Range(0, 300_000).Select(i => new GroupedRow(i, $"a key of more than fifteen bytes {i}", i, i, i, null, null, null))];
        var reader = EngineFixture.Reader(new EngineOptions { BatchRows = 20_000, Parallelism = 2, MemoryBudgetBytes = budget });
        var groups = 0L;
        var sum = 0L;
        await foreach (var batch in reader.ReadAsync(Flow(rows, ["text", "small"]).Aggregate(Aggregate.Sum(Col("wide")), Aggregate.Count()), Cancel))
        {
            using (batch)
            {
                groups += batch.Length;
                sum += ((Apache.Arrow.Int64Array)batch.Column(2)).Values.ToArray().Sum();
                Assert.All(((Apache.Arrow.Int64Array)batch.Column(3)).Values.ToArray(), c => Assert.Equal(1, c));
            }
        }

        Assert.Equal(rows.Length, groups);
        Assert.Equal(rows.Sum(r => r.Wide), sum);
    }

    [Theory]
    [InlineData(2L << 30)]
    [InlineData(2_500_000L)]
    public async Task Distinct_keeps_the_first_row_of_each_key_on_all_threads(long budget)
    {
        var rows = RandomRows(new Random(5), 30_000, 10_000);
        var reader = EngineFixture.Reader(new EngineOptions { BatchRows = 700, Parallelism = 3, MemoryBudgetBytes = budget });
        var actual = await reader.ToListAsync(EngineFixture.Rows(rows).DistinctBy(r => new { r.Text, r.Wide }), Cancel);
        Assert.Equal(rows.DistinctBy(r => (r.Text, r.Wide)).Select(r => r.Row), actual.Select(r => r.Row).Order());
        Assert.All(actual, r => Assert.Equal(rows[r.Row], r));
    }

    private static async Task AgreeAsync(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var rows = RandomRows(random, random.Next(4) == 0 ? random.Next(3) : random.Next(400), random.Next(1, 60));
            var options = new EngineOptions { BatchRows = random.Next(1, 90), Parallelism = random.Next(1, 4) };
            try
            {
                await CompareAsync(EngineFixture.Reader(options), rows, KeySets[random.Next(KeySets.Length)]);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, input {i}: {e.Message}", e);
            }
        }
    }

    private static GroupedFlow Flow(GroupedRow[] rows, string[] keys) =>
        EngineFixture.Rows(rows).GroupBy([.. keys.Select(k => new Expressions.NamedExpr(k, Col(k)))]);

    private static async Task CompareAsync(FlowReader reader, GroupedRow[] rows, string[] keys)
    {
        var expected = GroupOracle.Fold(rows, keys);
        var actual = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        var folded = Flow(rows, keys).Aggregate([.. GroupOracle.Aggregates.Select((a, i) => a.Aggregate.As($"a{i}"))]);
        await foreach (var batch in reader.ReadAsync(folded, Cancel))
        {
            using (batch)
            {
                for (var r = 0; r < batch.Length; r++)
                {
                    var row = Enumerable.Range(0, batch.ColumnCount).Select(c => GroupOracle.Read(batch.Column(c), r)).ToArray();
                    Assert.True(actual.TryAdd(GroupOracle.Key(row[..keys.Length]), row[keys.Length..]), "A group came twice.");
                }
            }
        }

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, values) in expected)
        {
            for (var i = 0; i < values.Length; i++)
                Assert.True(GroupOracle.AreEqual(values[i], actual[key][i]), $"{GroupOracle.Aggregates[i].Aggregate} of {key}: {values[i]}, not {actual[key][i]}.");
        }
    }

    private static GroupedRow[] RandomRows(Random random, int count, int keys) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var key = random.Next(keys);
            return new GroupedRow(
                i,
                key % 17 == 0 ? null : new string((char)('a' + (key % 26)), key % 23) + key,
                key % 13 == 0 ? null : key * (key % 5 == 0 ? 1_000_003 : 1),
                random.Next(9) == 0 ? null : (long)random.Next(keys) - (keys / 2),
                random.Next(8) == 0 ? null : random.Next(20) == 0 ? double.NaN : random.Next(-5, 6) / 2.0,
                random.Next(3) == 0 ? null : random.Next(2) == 0,
                key % 11 == 0 ? null : new DateOnly(2020, 1, 1).AddDays(key),
                random.Next(6) == 0 ? null : "value " + random.Next(40) + (random.Next(4) == 0 ? " that is a little longer" : string.Empty));
        }),
    ];
}
