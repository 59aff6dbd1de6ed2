using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Full sorts agree with LINQ's stable one, in memory and over scratch files, whatever the threads and batches.</summary>
public sealed class SortOperatorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int, int, long> Settings() => new()
    {
        { 1, 1000, 1L << 30 }, { 3, 7, 1L << 30 }, { 4, 4096, 1L << 30 }, { 1, 64, 60_000 }, { 3, 50, 80_000 }, { 4, 500, 400_000 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Sort_agrees_with_a_stable_sort_over_any_keys(int threads, int batchRows, long budget)
    {
        var random = new Random(batchRows);
        var rows = Enumerable.Range(0, 4_000).Select(i => Row.Random(random, i)).ToList();
        var reader = EngineFixture.Reader(batchRows, threads, budget);
        var flow = EngineFixture.Rows(rows.ToArray());
        Assert.Equal(
            rows.OrderBy(r => r.Name is null).ThenBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Id).Select(r => r.Index),
            (await reader.ToListAsync(flow.OrderBy(r => new { r.Name, r.Id }), Cancel)).Select(r => r.Index));
        Assert.Equal(
            rows.OrderBy(r => r.Value is null).ThenByDescending(r => r.Value is double.NaN).ThenByDescending(r => r.Value).Select(r => r.Index),
            (await reader.ToListAsync(flow.OrderByDescending(r => r.Value), Cancel)).Select(r => r.Index));
        var mixed = ((Flow)flow).OrderBy(new OrderKey("flag", Descending: true), new OrderKey("amount", NullsFirst: true), new OrderKey("name", Descending: true));
        Assert.Equal(
            rows.OrderByDescending(r => r.Flag).ThenBy(r => r.Amount is not null).ThenBy(r => r.Amount)
                .ThenBy(r => r.Name is null).ThenByDescending(r => r.Name, StringComparer.Ordinal).Select(r => r.Index),
            (await reader.ToListAsync(mixed.As<Row>(), Cancel)).Select(r => r.Index));
    }

    [Fact]
    public async Task Long_texts_with_equal_beginnings_are_told_apart()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 5000).Select(i => new { Text = new string('x', 40 + random.Next(2)) + random.Next(30) + new string('y', random.Next(30)), I = i }).ToArray();
        var sorted = await EngineFixture.Reader(100, 3).ToListAsync(EngineFixture.Rows(rows).OrderBy(r => r.Text), Cancel);
        Assert.Equal(rows.OrderBy(r => r.Text, StringComparer.Ordinal).Select(r => r.I), sorted.Select(r => r.I));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(9_999)]
    public async Task A_limit_above_a_sort_gives_the_first_rows_of_the_order(int count)
    {
        var random = new Random(count);
        var rows = Enumerable.Range(0, 3000).Select(i => Row.Random(random, i)).ToList();
        var flow = EngineFixture.Rows(rows.ToArray()).OrderBy(r => new { r.Flag, r.Name }).Take(count);
        var reader = EngineFixture.Reader(50, 3);
        Assert.StartsWith("top", (await reader.ExplainAsync(flow, Cancel)).Split("\n").First(l => l.Contains("top", StringComparison.Ordinal)).Trim(), StringComparison.Ordinal);
        Assert.Equal(
            rows.OrderBy(r => r.Flag).ThenBy(r => r.Name is null).ThenBy(r => r.Name, StringComparer.Ordinal).Take(count).Select(r => r.Index),
            (await reader.ToListAsync(flow, Cancel)).Select(r => r.Index));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(5_000)]
    public async Task The_first_rows_of_many_are_found_although_most_are_dropped_before_they_are_copied(int count)
    {
        var random = new Random(count);
        var rows = Enumerable.Range(0, 30_000).Select(i => Row.Random(random, i)).ToList();
        var reader = EngineFixture.Reader(700, 2);
        Assert.Equal(
            rows.OrderBy(r => r.Name is null).ThenBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Id).Take(count).Select(r => r.Index),
            (await reader.ToListAsync(EngineFixture.Rows(rows.ToArray()).OrderBy(r => new { r.Name, r.Id }).Take(count), Cancel)).Select(r => r.Index));
        Assert.Equal(
            rows.OrderBy(r => r.Value is null).ThenByDescending(r => r.Value is double.NaN).ThenByDescending(r => r.Value).Take(count).Select(r => r.Index),
            (await reader.ToListAsync(EngineFixture.Rows(rows.ToArray()).OrderByDescending(r => r.Value).Take(count), Cancel)).Select(r => r.Index));
        var reversed = Enumerable.Reverse(rows.OrderBy(r => r.Index)).ToArray();
        Assert.Equal(
            Enumerable.Range(0, count), (await reader.ToListAsync(EngineFixture.Rows(reversed).OrderBy(r => r.Index).Take(count), Cancel)).Select(r => r.Index));
    }

    [Fact]
    public async Task A_column_without_order_is_refused_while_binding()
    {
        var flow = Flow.From(new RowsSource<Row>("rows", [])).Derive(Col("name").Split(" ").As("words")).OrderBy(new OrderKey("words"));
        var refused = await Assert.ThrowsAsync<PlanException>(async () => await EngineFixture.Reader().ExplainAsync(flow, Cancel));
        Assert.Contains("'words'", refused.Message, StringComparison.Ordinal);
    }

    public sealed record Row(int Index, int Id, string? Name, double? Value, decimal? Amount, bool Flag)
    {
        public static Row Random(Random random, int index) => new(
            index,
            random.Next(50),
            random.Next(8) == 0 ? null : string.Concat(Enumerable.Repeat("station-", random.Next(4))) + random.Next(200),
            random.Next(9) switch { 0 => null, 1 => double.NaN, 2 => -0.0, 3 => 0.0, 4 => double.NegativeInfinity, _ => random.NextDouble() - 0.5 },
            random.Next(5) == 0 ? null : random.Next(-20, 20) * 1_000_000_000_000m,
            random.Next(2) == 0);
    }
}
