using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Quality.Tests;

/// <summary>Threads and the cut of batches change nothing that a suite finds.</summary>
public class ThreadTests
{
    private const int RowCount = 30_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Suite Everything => new QualityBuilder()
        .NotNull("a").Unique("a").Unique("s", "a").Between("a", 10, 900).Where(Col("s") != "b").InSet("s", "a", "b").Regex("s", "^[a-c]$").Length("s", 1, 1)
        .Increasing("a").ZScore("x", 2).Min("x", null, null).Mean("x", null, null).StandardDeviation("x", null, null).Sum("a", null, null).Median("x", null, null)
        .DistinctCount("a", null, null).DistinctEqual("s", "a").MostCommon("s", ["a"]).Entropy("s", null, null).Correlation("a", "x", null)
        .Quantiles("x", [new QuantileBand(0.9, null, 1)]).PairGreater("a", "x").DistinctInRow(["a", "x"]).Completeness(["a", "x"], 1).RowCount(RowCount, RowCount)
        .Mean("x", null, 0).PerGroup("s").NotNull("x").PerGroup("s").Mostly(0.5)
        .NaNIsMissing().KeyColumns("a").Build();

    [Theory]
    [InlineData(1, 9_000)]
    [InlineData(2, RowCount)]
    [InlineData(3, 5_000)]
    [InlineData(8, 7_777)]
    public async Task Any_number_of_threads_and_any_cut_say_the_same(int threads, int length)
    {
        using var batch = Sample(MemoryAllocator.Default.Value);
        var expected = await CheckAsync(batch, 1, RowCount);
        var actual = await CheckAsync(batch, threads, length);
        Suites.Same(expected, actual);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_by_one_thread_ends_the_check_and_frees_everything()
    {
        using var batch = Sample(MemoryAllocator.Default.Value);
        var allocator = new TrackingAllocator(200_000);
        await Assert.ThrowsAsync<MemoryBudgetException>(async () => await Everything.CheckAsync(
            Rows.Stream([batch.SliceShared(0, RowCount)]), batch.Schema, new CheckOptions { Allocator = allocator, Parallelism = 4 }, Cancel));
        Assert.Equal(0, allocator.HeldBytes);
    }

    private static async Task<SuiteResult> CheckAsync(RecordBatch batch, int threads, int length)
    {
        var allocator = new TrackingAllocator();
        var result = await Everything.CheckAsync(
            Rows.Stream(Rows.Split(batch, length)), batch.Schema, new CheckOptions { Allocator = allocator, Parallelism = threads }, Cancel);
        Assert.Equal(0, allocator.HeldBytes);
        return result;
    }

    private static RecordBatch Sample(MemoryAllocator allocator)
    {
        var random = new Random(7);
        var a = new object?[RowCount];
        var x = new object?[RowCount];
        var s = new object?[RowCount];
        for (var i = 0; i < RowCount; i++)
        {
            a[i] = random.Next(50) == 0 ? null : (long)random.Next(1000);
            x[i] = random.Next(20) switch { 0 => null, 1 => double.NaN, _ => random.NextDouble() * 100 };
            s[i] = random.Next(9) == 0 ? null : "abcd"[random.Next(4)].ToString();
        }

        return Rows.Of(allocator, ("a", Int64Type.Default, a), ("x", DoubleType.Default, x), ("s", StringType.Default, s));
    }
}
