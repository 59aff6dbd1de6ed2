using Apache.Arrow;
using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Execution;

/// <summary>Streams in parts: order, work on several threads, faults, early stops and what is left behind.</summary>
public sealed class ParallelReadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Rows_come_in_the_order_of_the_source_on_any_number_of_threads(int threads)
    {
        var source = new PartsSource(parts: 23, batchesInPart: 3, rowsInBatch: 7);
        var flow = Flow.From(source).As<Numbered>().Where(r => r.Row % 2 == 0).Select(r => new { r.Part, Twice = r.Row * 2 });
        var rows = await EngineFixture.Reader(threads: threads).ToListAsync(flow, Cancel);
        var expected = Enumerable.Range(0, 23).SelectMany(p => Enumerable.Range(0, 21).Where(r => r % 2 == 0).Select(r => ((long)p, (long)r * 2)));
        Assert.Equal(expected, rows.Select(r => (r.Part, r.Twice)));
    }

    [Fact]
    public async Task Parts_are_read_at_once_by_as_many_threads_as_the_run_has_and_no_more()
    {
        using var both = new Barrier(3);
        var waited = 0;
        var source = new PartsSource(parts: 12, batchesInPart: 1, rowsInBatch: 1)
        {
            // The first three parts must meet: were they read one after another, this would end in the time-out below.
            Before = async stop =>
            {
                if (Interlocked.Increment(ref waited) <= 3)
                    await Task.Run(() => both.SignalAndWait(TimeSpan.FromSeconds(20), stop), stop);
            },
        };
        var rows = await EngineFixture.Reader(threads: 3).ToListAsync(Flow.From(source).As<Numbered>(), Cancel);
        Assert.Equal((12, 3), (rows.Count, source.MostOpen));
        Assert.Equal(1, both.CurrentPhaseNumber);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_fault_comes_after_the_rows_before_it_and_nothing_after_it_is_yielded(int threads)
    {
        var source = new PartsSource(parts: 40, batchesInPart: 2, rowsInBatch: 3) { Fails = 5 };
        var seen = new List<long>();
        var error = await Assert.ThrowsAsync<OperatorException>(async () =>
        {
            await foreach (var batch in EngineFixture.Reader(threads: threads).ReadAsync(Flow.From(source), Cancel))
            {
                using (batch)
                    seen.Add(((Int64Array)batch.Column(0)).GetValue(0)!.Value);
            }
        });
        Assert.Equal("scan", error.OperatorName);
        Assert.Contains("part 5 is broken", error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], seen);
        Assert.True(source.PartsRead < 40);
    }

    [Fact]
    public async Task A_limit_stops_the_source_early()
    {
        var source = new PartsSource(parts: 1000, batchesInPart: 1, rowsInBatch: 10);
        var rows = await EngineFixture.Reader(threads: 2).ToListAsync(Flow.From(source).Take(25).As<Numbered>(), Cancel);
        Assert.Equal(25, rows.Count);
        Assert.InRange(source.PartsRead, 3, 30);
        Assert.Equal(25, source.Request!.RowLimit);
    }

    [Fact]
    public async Task An_operator_that_fails_is_named_with_its_column()
    {
        var flow = EngineFixture.Rows(new Reading("a", new(2015, 1, 1), 1, int.MaxValue)).Select(r => new { r.Station, Next = checked(r.Count + 1) });
        var error = await Assert.ThrowsAsync<OperatorException>(() => EngineFixture.Reader().ToListAsync(flow, Cancel));
        Assert.Equal(("select", "next"), (error.OperatorName, error.Column));
    }

    [Fact]
    public async Task Explain_of_a_run_tells_rows_bytes_and_time_of_each_operator()
    {
        var source = new PartsSource(parts: 4, batchesInPart: 1, rowsInBatch: 10);
        var text = await EngineFixture.Reader().ExplainRunAsync(Flow.From(source).Where(Col("row") < 5), Cancel);
        Assert.Matches(@"filter predicate=.*\[streaming\]\n.*\n  -> 40 rows in, 20 out \(\d+(\.\d)? \w+\), \d+(\.\d+)? ms of work\n", text);
        Assert.Matches(@"scan .*about 40 rows\]\n.*\n    -> 40 rows in, 40 out", text);
    }
}
