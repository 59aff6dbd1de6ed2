using DataEngineX.Pipelines.Tests.Engine;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Execution;

/// <summary>The memory budget and the scratch folder, through a group-by that does not fit.</summary>
public sealed class SpillTests : IDisposable
{
    private const int Parts = 60;
    private const int RowsInPart = 8_000;

    private readonly string _scratch = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_does_not_fit_the_budget_is_spilled_and_the_result_is_the_same()
    {
        var text = await Reader(24 << 20, _scratch).ExplainRunAsync(Groups(Source()), Cancel);
        Assert.Matches(@"group_by .*\[spilled", text);
        Assert.Matches(@"held .*, spilled \d", text);
        Assert.Contains($"{Parts * RowsInPart:N0} out", text.Replace('\u00a0', ','), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_memory_enough_nothing_is_spilled()
    {
        var text = await Reader(1 << 30, _scratch).ExplainRunAsync(Groups(Source()), Cancel);
        Assert.DoesNotContain("spilled", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_scratch));
    }

    [Fact]
    public async Task Scratch_files_have_no_name_while_they_are_in_use_so_that_a_killed_process_leaves_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows deletes the file when its last handle closes.");
        var most = 0;
        var source = Source(_ =>
        {
            if (Directory.Exists(_scratch))
                most = Math.Max(most, Directory.GetFiles(_scratch).Length);
            return ValueTask.CompletedTask;
        });
        await Reader(24 << 20, _scratch).ExplainRunAsync(Groups(source), Cancel);
        Assert.True(Directory.Exists(_scratch));

        // A file has its name only between being created and being unlinked, which another thread may just see.
        Assert.InRange(most, 0, 1);
        Assert.Empty(Directory.GetFiles(_scratch));
    }

    [Fact]
    public async Task A_scratch_folder_that_cannot_be_used_is_one_error_naming_operator_and_folder()
    {
        await File.WriteAllTextAsync(_scratch, "a file where the folder should be", Cancel);
        var folder = Path.Combine(_scratch, "below");
        var error = await Assert.ThrowsAsync<SpillException>(async () => await Reader(24 << 20, folder).ExplainRunAsync(Groups(Source()), Cancel));
        Assert.Equal(("group_by", folder), (error.OperatorName, error.Folder));
    }

    public void Dispose()
    {
        if (Directory.Exists(_scratch))
            Directory.Delete(_scratch, recursive: true);
        File.Delete(_scratch);
    }

    private static PartsSource Source(Func<CancellationToken, ValueTask>? before = null) => new(Parts, 1, RowsInPart) { Before = before };

    private static Flow Groups(PartsSource source) =>
        Flow.From(source).GroupBy("part", "row", "text").Aggregate(Aggregate.Count(), Aggregate.Sum(Col("row")));

    private static FlowReader Reader(long budget, string scratch) => EngineFixture.Reader(new EngineOptions
    {
        MemoryBudgetBytes = budget,
        BatchRows = 1_000,
        Parallelism = 2,
        ScratchFolder = scratch,
    });
}
