using DataEngineX.Pipelines.Tests.Compute;
using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Windowing;

/// <summary>Every window column over every frame agrees with its definition, in memory and piece by piece.</summary>
public sealed class WindowFrameTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("at", false, false, 1, 1000, 1)]
    [InlineData("at", true, true, 2, 70, 2)]
    [InlineData("real", false, true, 3, 50, 3)]
    [InlineData("real", true, false, 1, 64, 4)]
    [InlineData("whole", true, false, 2, 33, 5)]
    [InlineData("whole", false, true, 1, 500, 6)]
    [InlineData("number", false, false, 3, 8, 7)]
    public async Task Columns_agree_with_their_definitions(string key, bool descending, bool nullsFirst, int threads, int batchRows, int seed)
    {
        var rows = WindowRow.Random(seed, 240, 3);
        var order = new OrderKey(key, descending, nullsFirst);
        Func<WindowRow, object?> keyOf = key switch { "at" => r => r.At, "real" => r => r.Real, "whole" => r => r.Whole, _ => r => r.Number };
        var cases = WindowCases.All([.. WindowCases.RowFrames(6), .. WindowCases.Ranges(key, key == "number" ? 30 : 5)]);
        var source = new CutSource<WindowRow>("windows", rows, seed, batchRows);
        var flow = Flow.From(source).Window(["part"], [order], [.. cases.Select(c => c.Column)]);
        var actual = await ReadAsync(EngineFixture.Reader(batchRows, threads), flow, cases);
        Assert.Equal(0, source.Allocator!.HeldBytes);

        var partitions = rows.GroupBy(r => r.Part).OrderBy(g => g.Key is null).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => WindowOracle.Sort(g, keyOf, order)).ToList();
        for (var c = 0; c < cases.Count; c++)
        {
            var at = 0;
            foreach (var partition in partitions)
            {
                var oracle = new WindowOracle(partition, keyOf, order);
                var value = WindowCases.Values.GetValueOrDefault(cases[c].Value, _ => null);
                for (var row = 0; row < partition.Count; row++)
                    Same(oracle.At(cases[c].Column, value, row), actual[c][at++], $"{cases[c].Column} at row {row} of '{partition[0].Part}'");
            }

            Assert.Equal(at, actual[c].Count);
        }
    }

    [Theory]
    [InlineData("at", false, false, 1)]
    [InlineData("real", true, true, 2)]
    [InlineData("whole", false, true, 3)]
    public async Task A_partition_beyond_the_budget_agrees_with_one_in_memory(string key, bool descending, bool nullsFirst, int threads)
    {
        var rows = WindowRow.Random(threads, 4_000, 1);
        for (var i = 0; i < 40; i++)
            rows[i * 7] = rows[i * 7] with { Part = "small" + (i % 3) };
        var order = new OrderKey(key, descending, nullsFirst);
        WindowFrame[][] frames = [WindowCases.RowFrames(50), WindowCases.Ranges(key, 8)];
        foreach (var set in frames)
        {
            var cases = WindowCases.All(set);
            var whole = await ReadAsync(EngineFixture.Reader(1000, 1), FlowOf(new CutSource<WindowRow>("windows", rows, 1, 900)), cases);
            foreach (var few in cases.Chunk(30))
            {
                var source = new CutSource<WindowRow>("windows", rows, 2, 300);
                var flow = Flow.From(source).Window(["part"], [order], [.. few.Select(c => c.Column)]);
                var pieces = await ReadAsync(EngineFixture.Reader(200, threads, 600_000), flow, few);
                Assert.Equal(0, source.Allocator!.HeldBytes);
                for (var c = 0; c < few.Length; c++)
                {
                    var expected = whole[cases.IndexOf(few[c])];
                    Assert.Equal(expected.Count, pieces[c].Count);
                    for (var row = 0; row < expected.Count; row++)
                        Same(expected[row], pieces[c][row], $"{few[c].Column} at row {row}");
                }
            }

            Flow FlowOf(BatchSource source) => Flow.From(source).Window(["part"], [order], [.. cases.Select(c => c.Column)]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task One_partition_of_many_times_the_budget_is_computed(int threads)
    {
        // The rows without a key are one frame, which must fit; so few have none.
        WindowRow[] rows = [.. WindowRow.Random(9, 60_000, 1).Select(r => r.At is null && r.Id % 20 > 0 ? r with { At = DateTime.UnixEpoch.AddHours(r.Id) } : r)];
        List<(WindowColumn Column, string Value)> cases =
        [
            (WindowColumn.RowNumber().As("a"), ""), (WindowColumn.Lag(Col("id"), 5).As("b"), "id"), (WindowColumn.RunningSum(Col("number")).As("c"), "number"),
            (WindowColumn.RollingMean(Col("value"), WindowFrame.Range(TimeSpan.FromHours(3))).As("d"), "value"), (WindowColumn.CumeDist().As("e"), ""),
            (WindowColumn.RollingSum(Col("number"), WindowFrame.Rows(3, null)).As("f"), "number"), (WindowColumn.Last(Col("text")).As("g"), "text"),
        ];
        foreach (var few in new[] { cases[..4], cases })
        {
            var whole = await ReadAsync(EngineFixture.Reader(1000, 1), FlowOf(new CutSource<WindowRow>("windows", rows, 1, 3000)), few);
            var source = new CutSource<WindowRow>("windows", rows, 2, 300);
            var reader = EngineFixture.Reader(500, threads, 800_000);
            var pieces = await ReadAsync(reader, FlowOf(source), few);
            Assert.Equal(0, source.Allocator!.HeldBytes);
            for (var c = 0; c < few.Count; c++)
            {
                Assert.Equal(rows.Length, pieces[c].Count);
                for (var row = 0; row < rows.Length; row++)
                    Same(whole[c][row], pieces[c][row], $"{few[c].Column} at row {row}");
            }

            var report = await reader.ExplainRunAsync(FlowOf(new CutSource<WindowRow>("windows", rows, 2, 300)), Cancel);
            Assert.Contains("[spilled", report, StringComparison.Ordinal);

            Flow FlowOf(BatchSource from) => Flow.From(from).Window([], [new OrderKey("at")], [.. few.Select(c => c.Column)]);
        }
    }

    [Fact]
    public async Task A_reader_that_stops_in_a_large_partition_leaves_nothing()
    {
        var source = new CutSource<WindowRow>("windows", WindowRow.Random(3, 10_000, 1), 2, 300);
        var flow = Flow.From(source).Window([], [new OrderKey("at")], WindowColumn.Lag(Col("text"), 3), WindowColumn.PercentRank());
        await foreach (var batch in EngineFixture.Reader(100, 2, 400_000).ReadAsync(flow, Cancel))
        {
            batch.Dispose();
            break;
        }

        Assert.Equal(0, source.Allocator!.HeldBytes);
    }

    private static async Task<List<object?>[]> ReadAsync(FlowReader reader, Flow flow, IReadOnlyList<(WindowColumn Column, string Value)> cases)
    {
        var columns = cases.Select(_ => new List<object?>()).ToArray();
        await foreach (var batch in reader.ReadAsync(flow, Cancel))
        {
            using (batch)
            {
                for (var c = 0; c < columns.Length; c++)
                    columns[c].AddRange(Rows.Read(batch.Column(cases[c].Column.Name)));
            }
        }

        return columns;
    }

    private static void Same(object? expected, object? actual, string what)
    {
        if (expected is DateTime time)
            expected = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        if (expected is int whole && actual is long)
            expected = (long)whole;
        if (expected is not double e || actual is not double a)
        {
            Assert.True(Equals(expected, actual), $"{what}: {expected ?? "null"} was expected, not {actual ?? "null"}.");
            return;
        }

        // Of moments with an infinity nothing is known but that they are no finite number.
        var same = double.IsFinite(e) && double.IsFinite(a) ? Math.Abs(e - a) <= 1e-8 * (1 + Math.Abs(e))
            : what.Contains("varian", StringComparison.Ordinal) || what.Contains("deviation", StringComparison.Ordinal)
                ? !double.IsFinite(e) || !double.IsFinite(a)
                : e.Equals(a);
        Assert.True(same, $"{what}: {e} was expected, not {a}.");
    }
}
