using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality.Tests;

/// <summary>What rules must keep of all rows goes to disk when memory is short, and nothing stays behind.</summary>
public class SpillTests
{
    private static readonly Schema Columns = new(
        [new Field("id", Int64Type.Default, false), new Field("x", DoubleType.Default, false), new Field("t", StringType.Default, false)], null);

    private static Suite Exact => new QualityBuilder()
        .Unique("id").Unique("t", "id").Unique("t").Median("x", null, null).Quantiles("x", [new QuantileBand(0.9, null, null)]).DistinctCount("id", null, null)
        .DistinctCount("t", null, null).Entropy("id", null, null).ZScore("x", 1.5).Build();

    [Fact]
    public async Task Rules_that_keep_all_rows_stay_within_the_budget_and_say_the_same()
    {
        const int rows = 120_000;
        var plain = await CheckAsync(Exact, rows, budget: 1L << 30, parallelism: 1);
        var tight = await CheckAsync(Exact, rows, budget: 24 << 20, parallelism: 2);
        Assert.Equal(0, plain.Spilled);
        Assert.True(tight.Spilled > 4 << 20, $"{tight.Spilled} bytes were put aside");
        Assert.InRange(tight.Peak, 1, 24 << 20);
        Suites.Same(plain.Result, tight.Result);
        // Each tenth id is there twice.
        Assert.Equal(rows / 10 * 2, tight.Result.Verdicts[0].Failed);
    }

    [Fact]
    public async Task Merging_saving_and_loading_work_when_rows_are_on_disk()
    {
        using var first = await ObserveAsync(Exact, 60_000, 12 << 20, 2, new TrackingAllocator(12 << 20));
        using var second = await ObserveAsync(Exact, 60_000, 12 << 20, 1, new TrackingAllocator(12 << 20));
        using var both = await ObserveAsync(Exact, 60_000, 1L << 30, 1, new TrackingAllocator(), times: 2);
        Assert.True(first.SpilledBytes > 0 && second.SpilledBytes > 0);
        var saved = new MemoryStream();
        first.Save(saved);
        saved.Position = 0;
        using var loaded = SuiteState.Load(saved, Exact, Columns, new CheckOptions { Allocator = new TrackingAllocator(24 << 20) });
        loaded.Merge(second);
        Suites.Same(both.Finish(), loaded.Finish());
    }

    /// <summary>A hundred million rows under 512 MiB, uniqueness among the rules; fewer by <c>DEX_SOAK_COUNT</c>, in hundred thousands.</summary>
    [Fact]
    [Trait("Category", "Soak")]
    public async Task A_hundred_million_rows_stay_within_the_budget()
    {
        var suite = new QualityBuilder().Unique("id").DistinctCount("id", null, null).Median("x", null, null).Between("x", 0, 900).NotNull("t").Build();
        var rows = SoakSettings.Count * 100_000;
        var check = await CheckAsync(suite, rows, 512L << 20, Environment.ProcessorCount);
        Assert.Equal(rows / 10 * 2L, check.Result.Verdicts[0].Failed);
        Assert.Equal((rows - (rows / 10)).ToString(System.Globalization.CultureInfo.InvariantCulture), check.Result.Verdicts[1].Observed);
        Assert.InRange(check.Peak, 1, 512L << 20);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows} rows, peak {check.Peak >> 20} MiB, {check.Spilled >> 20} MiB on disk");
    }

    private static async Task<(SuiteResult Result, long Spilled, long Peak)> CheckAsync(Suite suite, int rows, long budget, int parallelism)
    {
        var allocator = new TrackingAllocator(budget);
        (SuiteResult, long, long) found;
        using (var state = await ObserveAsync(suite, rows, budget, parallelism, allocator))
            found = (state.Finish(), state.SpilledBytes, allocator.PeakBytes);
        Assert.Equal(0, allocator.HeldBytes);
        return found with { Item3 = allocator.PeakBytes };
    }

    private static async Task<SuiteState> ObserveAsync(Suite suite, int rows, long budget, int parallelism, TrackingAllocator allocator, int times = 1)
    {
        Assert.Equal(budget == 1L << 30 && allocator.BudgetBytes == long.MaxValue ? long.MaxValue : budget, allocator.BudgetBytes);
        var folder = Directory.CreateTempSubdirectory("dataenginex-quality").FullName;
        try
        {
            var options = new CheckOptions { Allocator = allocator, Parallelism = parallelism, ScratchFolder = folder };
            var state = await SuiteState.ObserveAsync(suite, BatchesAsync(allocator, rows, times), Columns, options, TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
                Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
            return state;
        }
        finally
        {
            if (!OperatingSystem.IsWindows())
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async IAsyncEnumerable<RecordBatch> BatchesAsync(TrackingAllocator allocator, int rows, int times)
    {
        const int length = 8_192;
        await Task.CompletedTask;
        for (var time = 0; time < times; time++)
        {
            for (var start = 0; start < rows; start += length)
            {
                var count = Math.Min(length, rows - start);
                var (ids, xs, texts) = (new Int64Array.Builder(), new DoubleArray.Builder(), new StringArray.Builder());
                for (var row = start; row < start + count; row++)
                {
                    // The last of each ten rows has the number of the one before it.
                    ids.Append(row % 10 == 9 ? row - 1 : row);
                    xs.Append((row * 7919L) % 1000);
                    texts.Append($"a text of some length {row % 5000}");
                }

                yield return new RecordBatch(Columns, [ids.Build(allocator), xs.Build(allocator), texts.Build(allocator)], count);
            }
        }
    }
}
