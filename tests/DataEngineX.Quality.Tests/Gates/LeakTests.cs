using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Gates;

public class LeakTests
{
    public static TheoryData<bool> Gates => [false, true];

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task A_failing_input_leaves_no_memory_behind(bool unique)
    {
        var held = await Measure(unique, (allocator, _) => Broken(allocator));
        Assert.Equal(0, held);

        static IEnumerable<RecordBatch> Broken(MemoryAllocator allocator)
        {
            yield return Batch(allocator);
            yield return Batch(allocator);
            throw new InvalidOperationException("the input broke");
        }
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task Cancellation_leaves_no_memory_behind(bool unique)
    {
        var held = await Measure(unique, Cancelled);
        Assert.Equal(0, held);

        static IEnumerable<RecordBatch> Cancelled(MemoryAllocator allocator, CancellationTokenSource cancel)
        {
            for (var i = 0; ; i++)
            {
                if (i == 3)
                    cancel.Cancel();
                var batch = Batch(allocator);
                if (cancel.IsCancellationRequested)
                    batch.Dispose();
                yield return batch;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task A_consumer_that_leaves_early_leaves_no_memory_behind(bool unique)
    {
        var parts = 0;
        using var sample = Batch(MemoryAllocator.Default.Value);
        var run = await GateRun.RunAsync(Suite(unique), sample.Schema, Endless, most: 1);
        Assert.Single(run.Output);
        Assert.Equal(unique ? 2 : 0, run.Verdicts.Count);
        run.Release();
        Assert.Equal(0, run.Allocator.HeldBytes);

        IEnumerable<RecordBatch> Endless(MemoryAllocator allocator)
        {
            // Where rows are held the input has to end before anything comes out.
            while (!unique || parts++ < 5)
                yield return Rows.Of(allocator, ("x", Int64Type.Default, [1L, 9L, 10L + parts]), ("s", StringType.Default, ["a", "c", "b"]));
        }
    }

    /// <summary>A run whose rules are made either ends or says that its budget is used up, and gives all of it back.</summary>
    [Fact]
    public async Task A_budget_used_up_while_rows_are_checked_leaves_no_memory_behind()
    {
        var refused = 0;
        using var batch = Batch(MemoryAllocator.Default.Value);
        var suite = new QualityBuilder().Unique("s").Unique("x", "s").InSet("s", "a").Build();
        for (var budget = 600L; budget < 4_000_000; budget = budget * 11 / 10)
        {
            var allocator = new Pipelines.TrackingAllocator(budget);
            var error = await Record.ExceptionAsync(
                async () => await suite.CheckAsync(Rows.Stream([batch.SliceShared(0, 2), batch.SliceShared(1, 2)]), batch.Schema, new CheckOptions { Allocator = allocator }));
            Assert.True(error is null or MemoryBudgetException, error?.ToString());
            refused += error is null ? 0 : 1;
            Assert.Equal(0, allocator.HeldBytes);
        }

        Assert.InRange(refused, 5, 60);
    }

    private static async Task<long> Measure(bool unique, Func<MemoryAllocator, CancellationTokenSource, IEnumerable<RecordBatch>> input)
    {
        using var cancel = new CancellationTokenSource();
        using var sample = Batch(MemoryAllocator.Default.Value);
        MemoryAllocator? used = null;
        var quarantined = new List<RecordBatch>();
        var error = await Record.ExceptionAsync(() => GateRun.RunAsync(
            Suite(unique),
            sample.Schema,
            allocator =>
            {
                used = allocator;
                return input(allocator, cancel);
            },
            quarantined,
            cancellationToken: cancel.Token));
        Assert.True(error is InvalidOperationException or OperationCanceledException, error?.ToString());
        foreach (var batch in quarantined)
            batch.Dispose();
        return ((Pipelines.TrackingAllocator)used!).HeldBytes;
    }

    private static Suite Suite(bool unique)
    {
        var builder = new QualityBuilder().InSet("s", "a", "b");
        return (unique ? builder.Unique("x", "s") : builder.Between("x", 1, 2)).OnFailure(Gate.Quarantine).Build();
    }

    private static RecordBatch Batch(MemoryAllocator allocator) => Rows.Of(
        allocator,
        ("x", Int64Type.Default, [1L, 1L, 2L, 7L]),
        ("s", new DictionaryType(Int32Type.Default, StringType.Default, false), ["a", "a", null, "c"]));
}
