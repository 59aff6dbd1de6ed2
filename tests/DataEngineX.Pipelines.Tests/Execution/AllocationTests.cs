using Apache.Arrow.Memory;
using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Execution;

public sealed record Measured(long Key, int Place, double? Value, string Name);

public sealed record Looked(long Id, string Label);

/// <summary>
/// Managed memory does not grow with rows: of as many batches, ones with twice the rows allocate the same. All runs on one thread, so that what
/// other tests allocate meanwhile does not count.
/// </summary>
public sealed class AllocationTests
{
    private const int Batches = 40;
    private const int Rows = 16_384;
    private const double MostBytesOfRow = 0.02;

    public static TheoryData<string> Operators => ["filter", "project", "group_by", "join"];

    [Theory]
    [MemberData(nameof(Operators))]
    public async Task Rows_allocate_nothing(string name)
    {
        var (fewer, more) = (await MeasureAsync(name, Rows), await MeasureAsync(name, 2 * Rows));
        var ofRow = (more - fewer) / (double)(Batches * Rows);
        Assert.True(ofRow < MostBytesOfRow, $"{name}: {ofRow:F3} bytes a row; {fewer:N0} with {Rows:N0} rows a batch, {more:N0} with twice as many.");
    }

    private static async Task<long> MeasureAsync(string name, int rows)
    {
        using var batch = RowBatch.Create(
            [.. Enumerable.Range(0, rows).Select(i => new Measured(i % 97, i, i % 11 == 0 ? null : i * 0.5, $"name {i % 1000}"))], MemoryAllocator.Default.Value);
        using var held = RowBatch.Create([.. Enumerable.Range(0, 90).Select(i => new Looked(i, $"label {i}"))], MemoryAllocator.Default.Value);
        var flow = FlowOf(name, new RepeatedSource("rows", batch, Batches), new RepeatedSource("held", held, 1));
        var reader = EngineFixture.Reader(batchRows: 2 * Rows, threads: 1);
        await DrainAsync(reader, flow);
        await DrainAsync(reader, flow);
        var least = long.MaxValue;
        for (var i = 0; i < 3; i++)
            least = Math.Min(least, await DrainAsync(reader, flow));
        return least;
    }

    private static Flow FlowOf(string name, RepeatedSource rows, RepeatedSource held) => name switch
    {
        "filter" => Flow.From(rows).Where(Col("place") % 3 > 0 & Col("value") > 10),
        "project" => Flow.From(rows).Select((Col("key") * 2 + Col("place")).As("sum"), Col("value").As("value"), Col("name").Upper().As("name")),
        "group_by" => Flow.From(rows).GroupBy("key", "name").Aggregate(Aggregate.Count(), Aggregate.Sum(Col("value")), Aggregate.Max(Col("place"))),
        _ => Flow.From(rows).Join(Flow.From(held), [Col("key")], [Col("id")]),
    };

    private static async Task<long> DrainAsync(FlowReader reader, Flow flow)
    {
        var thread = Environment.CurrentManagedThreadId;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = 0L;
        await foreach (var batch in reader.ReadAsync(flow, TestContext.Current.CancellationToken))
        {
            rows += batch.Length;
            batch.Dispose();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(rows > 0);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        return allocated;
    }
}
