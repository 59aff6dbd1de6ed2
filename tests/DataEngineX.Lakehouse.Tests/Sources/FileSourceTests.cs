using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tests.Sources;

public sealed class FileSourceTests
{
    [Fact]
    public async Task Csv_files_are_read_by_path_or_pattern_and_again_only_when_they_change()
    {
        await using var host = new LakeHost((host, dex) => dex.AddPipeline(
            "days", p => p.ReadCsv<Day>(Path.Combine(host.Inbox, "day-*.csv")).ReplaceTable(Layer.Silver, "days").Unkeyed("a test")));
        host.Receive("day-2.csv", "name,value\nb,2\nbad,x\n");
        host.Receive("day-1.csv", "name,value\na,1\n");
        host.Receive("other.csv", "name,value\nz,9\n");
        var run = await host.Run("days");
        Assert.Equal((RunState.Succeeded, 3, 2, 1), (run.State, run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal(["a|1", "b|2"], await host.Read(Layer.Silver, "days", "name", "value"));
        Assert.False((await host.Run("days")).Published);
        host.Receive("day-1.csv", "name,value\nc,3\n", age: 10);
        Assert.True((await host.Run("days")).Published);
        Assert.Equal(["c|3", "b|2"], await host.Read(Layer.Silver, "days", "name", "value"));
    }

    [Fact]
    public async Task A_missing_file_fails_the_run_with_its_name()
    {
        await using var host = new LakeHost((host, dex) => dex.AddPipeline(
            "days", p => p.ReadCsv<Day>(Path.Combine(host.Inbox, "none.csv")).ReplaceTable(Layer.Silver, "days").Unkeyed("a test")));
        var run = await host.Run("days");
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("none.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_files_keep_their_types()
    {
        await using var host = new LakeHost((host, dex) => dex.AddPipeline(
            "all", p => p.ReadParquet(Path.Combine(host.Inbox, "*.parquet")).ReplaceTable(Layer.Silver, "all").Unkeyed("a test")));
        using var batch = Parquet.AllTypes.Make(100, 3, 0.2);
        var (bytes, _) = Parquet.ParquetRoundTripTests.Write([batch], new Lakehouse.Parquet.ParquetWriteOptions { RowGroupRows = 30 });
        host.Receive("1.parquet", bytes);
        var run = await host.Run("all");
        Assert.Equal((RunState.Succeeded, null), (run.State, run.Error));
        Assert.Equal(Rows.Of(batch), await host.Read(Layer.Silver, "all", [.. batch.Schema.FieldsList.Select(f => f.Name)]));
    }

    [Fact]
    public async Task A_folder_is_cut_so_that_each_file_is_read_once()
    {
        using var folder = new TempFolder();
        var files = Enumerable.Range(1, 5).Select(i => $"{i}.txt").ToList();
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(folder[file], file);
            File.SetLastWriteTimeUtc(folder[file], DateTime.UtcNow.AddMinutes(-1));
        }

        var source = new FileFolderSource(folder.Path);
        var data = new DataAccess(null!, null!, TimeProvider.System, null!);
        var all = await source.PinAsync(data, null, default);
        var cuts = await source.CutAsync(data, all, 2, default);
        Assert.Equal((3, all.Position), (cuts.Count, cuts[^1]));
        Assert.Equal([2, 2, 1], cuts.Select((cut, i) => Between(i == 0 ? null : cuts[i - 1], cut)));

        // What is done already is not cut again, and a cut is a position like any other.
        var rest = await source.PinAsync(data, cuts[0], default);
        Assert.Equal(cuts.Skip(1), await source.CutAsync(data, rest, 2, default));
        Assert.Equal([all.Position], await source.CutAsync(data, rest, 3, default));
        Assert.Equal([all.Position], await source.CutAsync(data, all, 5, default));

        // A position names its files by marks of one length.
        static int Between(string? since, string position) => (position.Length - (since?.Length ?? "f1:".Length)) / 16;
    }

    [Theory]
    [InlineData("../*.csv")]
    [InlineData("sub/x.csv")]
    [InlineData("a\\b")]
    [InlineData("..")]
    public void A_pattern_cannot_leave_its_folder(string pattern) =>
        Assert.Throws<ArgumentException>(() => new FileFolderSource("inbox", pattern));

    [Fact]
    public async Task A_link_in_the_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["secret"], "x");
        Directory.CreateDirectory(folder["inbox"]);
        File.CreateSymbolicLink(folder["inbox/link.csv"], folder["secret"]);
        var pinned = await new FileFolderSource(folder["inbox"]).PinAsync(null!, null, CancellationToken.None);
        Assert.False(pinned.HasData);
    }

    [Fact]
    public void A_column_that_no_text_stands_for_is_refused_while_describing()
    {
        var schema = new Schema([new Field("wait", DurationType.Microsecond, true)], null);
        Assert.Equal("wait", Assert.Throws<PlanException>(() => new CsvFileSource("x.csv", schema)).Column);
    }

    private sealed record Day(string Name, int Value);
}
