using System.Diagnostics;
using System.Globalization;
using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Execution;

/// <summary>
/// What <see cref="SpillProcessTests"/> runs in a process of its own: flows that spill, until they are killed or the disk is full. Test runs leave
/// the trait Child out.
/// </summary>
[Trait("Category", "Child")]
public sealed class SpillingChild
{
    /// <summary>Names the scratch folder and so turns these on.</summary>
    public const string Scratch = "DEX_TEST_SCRATCH";

    private const int Parts = 60;

    private static readonly string? Folder = Environment.GetEnvironmentVariable(Scratch);

    private static FlowReader Reader => EngineFixture.Reader(new EngineOptions
    {
        MemoryBudgetBytes = 24 << 20,
        BatchRows = 1_000,
        Parallelism = 2,
        ScratchFolder = Folder,
    });

    [Fact]
    public async Task Hangs_once_it_has_spilled()
    {
        Assert.SkipWhen(Folder is null, "Run by SpillProcessTests.");
        var source = new PartsSource(Parts, 1, 8_000)
        {
            Before = async stop =>
            {
                if (!SpillProcessTests.OpenFiles(Environment.ProcessId).Any(f => f.StartsWith(Folder, StringComparison.Ordinal)))
                    return;
                await File.WriteAllTextAsync(Folder + ".spilled", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), stop);
                await Task.Delay(Timeout.Infinite, stop);
            },
        };
        await Reader.ExplainRunAsync(Groups(source), TestContext.Current.CancellationToken);
        Assert.Fail("Nothing was spilled.");
    }

    [Fact]
    public async Task Finds_the_disk_full()
    {
        Assert.SkipWhen(Folder is null, "Run by SpillProcessTests.");
        try
        {
            await FailAllAsync();
        }
        finally
        {
            // What counts coverage writes its file at the end of the process.
            using var unlimited = Process.Start("prlimit", ["--pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited"]);
            await unlimited.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task FailAllAsync()
    {
        await FailsAsync("group_by", Groups(new PartsSource(Parts, 1, 8_000)));
        await FailsAsync("sort", Flow.From(new PartsSource(Parts, 1, 8_000)).OrderBy(new OrderKey("text")));
        var right = Flow.From(new PartsSource(Parts, 1, 8_000)).Select(Col("row").As("r"), Col("text").As("t"));
        await FailsAsync("join", Flow.From(new PartsSource(Parts, 1, 8_000)).Join(right, [Col("text")], [Col("t")]));
    }

    private static Flow Groups(PartsSource source) =>
        Flow.From(source).GroupBy("part", "row", "text").Aggregate(Aggregate.Count(), Aggregate.Sum(Col("row")));

    private static async Task FailsAsync(string name, Flow flow)
    {
        var error = await Assert.ThrowsAsync<SpillException>(async () => await Reader.ExplainRunAsync(flow, TestContext.Current.CancellationToken));
        Assert.Equal((name, Folder), (error.OperatorName, error.Folder));
        Assert.NotNull(error.InnerException);
        Assert.Empty(Directory.GetFileSystemEntries(Folder!));
    }
}
