using Apache.Arrow;
using DataEngineX.Lakehouse.Ipc;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Sources;

public sealed class FileTargetTests
{
    [Theory]
    [InlineData("parquet")]
    [InlineData("ipc")]
    [InlineData("ipc-stream")]
    [InlineData("ipc-zstd")]
    [InlineData("ipc-lz4")]
    public async Task A_flow_is_written_to_a_file_and_read_back_as_it_was(string format)
    {
        using var batch = Parquet.AllTypes.Make(1000, 5, 0.2);
        var (bytes, _) = Parquet.ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 300 });
        await using var host = new LakeHost((host, dex) =>
        {
            var path = Path.Combine(host.Inbox, "sub", "out");
            dex.AddPipeline("write", p => Write(p.ReadParquet(Path.Combine(host.Inbox, "in.parquet")), path, format));
            dex.AddPipeline("read", p => Read(p, path, format).ReplaceTable(Layer.Silver, "read").Unkeyed("a test"));
        });
        host.Receive("in.parquet", bytes);
        var run = await host.Run("write");
        Assert.Equal((RunState.Succeeded, null, 1000L), (run.State, run.Error, run.Rows.Written));
        Assert.Equal(["out"], Directory.GetFileSystemEntries(Path.Combine(host.Inbox, "sub")).Select(Path.GetFileName));
        run = await host.Run("read");
        Assert.Equal((RunState.Succeeded, null), (run.State, run.Error));
        Assert.Equal(Rows.Of(batch), await host.Read(Layer.Silver, "read", [.. batch.Schema.FieldsList.Select(f => f.Name)]));
    }

    /// <summary>Each row group has a dictionary of its own.</summary>
    [Theory]
    [InlineData("ipc")]
    [InlineData("ipc-stream")]
    [InlineData("ipc-zstd")]
    [InlineData("parquet")]
    public async Task Columns_behind_many_dictionaries_are_written_with_their_values(string format)
    {
        var (n, town) = (new Int64Array.Builder(), new StringArray.Builder());
        string?[] towns = [.. Enumerable.Range(0, 9_000).Select(i => i % 17 == 0 ? null : $"town {i / 3000}.{i % 7}")];
        for (var i = 0; i < towns.Length; i++)
        {
            n.Append(i);
            town.Append(towns[i]);
        }

        var schema = new Schema([new("n", Apache.Arrow.Types.Int64Type.Default, false), new("town", Apache.Arrow.Types.StringType.Default, true)], null);
        using var batch = new RecordBatch(schema, [n.Build(), town.Build()], towns.Length);
        var (bytes, _) = Parquet.ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 3_000 });
        await using var host = new LakeHost((host, dex) =>
        {
            var (from, path) = (Path.Combine(host.Inbox, "in.parquet"), Path.Combine(host.Inbox, "sub", "out"));
            var keep = new ParquetScanOptions { KeepDictionaries = true };
            dex.AddPipeline("write", p => Write(p.ReadParquet(from, keep), path, format));
            dex.AddPipeline("read", p => Read(p, path, format).ReplaceTable(Layer.Silver, "read").Unkeyed("It holds what the file holds."));
            dex.AddPipeline("direct", p => p.ReadParquet(from, keep).UpsertInto(Layer.Silver, "direct", "n"));
        });
        host.Receive("in.parquet", bytes);
        foreach (var pipeline in new[] { "write", "read", "direct" })
        {
            var run = await host.Run(pipeline);
            Assert.Equal((RunState.Succeeded, null), (run.State, run.Error));
        }

        Assert.Equal(Rows.Of(batch), await host.Read(Layer.Silver, "read", ["n", "town"]));
        Assert.Equal(Rows.Of(batch), await host.Read(Layer.Silver, "direct", ["n", "town"]));
    }

    [Fact]
    public async Task A_run_over_the_same_input_changes_nothing_and_a_new_input_replaces_the_file()
    {
        await using var host = new LakeHost((host, dex) => dex.AddPipeline(
            "days", p => p.ReadCsv<Day>(Path.Combine(host.Inbox, "day.csv")).ReplaceParquet(Path.Combine(host.Inbox, "days.parquet"))));
        var file = Path.Combine(host.Inbox, "days.parquet");
        host.Receive("day.csv", "name,value\na,1\n");
        Assert.True((await host.Run("days")).Published);
        var first = await File.ReadAllBytesAsync(file);
        Assert.False((await host.Run("days")).Published);
        Assert.Equal(first, await File.ReadAllBytesAsync(file));
        host.Receive("day.csv", "name,value\nb,2\nc,3\n", age: 10);
        Assert.True((await host.Run("days")).Published);
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(file), file);
        Assert.Equal(["b|2", "c|3"], (await Rows.Of(reader.ReadAsync())).Select(r => string.Join('|', r.Split('|')[..2])));
        Assert.Contains("dataenginex.days", reader.Metadata.Keys);
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it()
    {
        await using var host = new LakeHost((host, dex) => dex.AddPipeline(
            "days", p => p.ReadParquet(Path.Combine(host.Inbox, "in*.parquet")).ReplaceIpc(Path.Combine(host.Inbox, "out", "days.arrow"))));
        using var batch = Parquet.AllTypes.Make(100, 5, 0);
        var (good, _) = Parquet.ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { Compression = ParquetCompression.None });
        host.Receive("in1.parquet", good);
        Assert.Equal(RunState.Succeeded, (await host.Run("days")).State);
        var before = await File.ReadAllBytesAsync(Path.Combine(host.Inbox, "out", "days.arrow"));
        host.Receive("in2.parquet", good[..^9].Concat(good[^8..]).ToArray());
        var run = await host.Run("days");
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("in2.parquet", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(host.Inbox, "out", "days.arrow")));
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(host.Inbox, "out")));
    }

    [Fact]
    public async Task Kept_dictionaries_give_the_same_answer()
    {
        var schema = new Schema([new Field("k", Apache.Arrow.Types.StringType.Default, true), new Field("v", Apache.Arrow.Types.Int64Type.Default, false)], null);
        var keys = new StringArray.Builder();
        var values = new Int64Array.Builder();
        for (var i = 0; i < 5000; i++)
        {
            _ = i % 11 == 0 ? keys.AppendNull() : keys.Append($"key{i % 7}");
            values.Append(i);
        }

        using var batch = new RecordBatch(schema, [keys.Build(), values.Build()], 5000);
        var (bytes, _) = Parquet.ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 2000 });
        await using var host = new LakeHost((host, dex) =>
        {
            foreach (var kept in new[] { false, true })
            {
                dex.AddPipeline($"kept{kept}", p => p
                    .ReadParquet(Path.Combine(host.Inbox, "in.parquet"), new ParquetScanOptions { KeepDictionaries = kept })
                    .Where(Col("v") >= Lit(1000L))
                    .GroupBy(Col("k")).Aggregate(Aggregate.Sum(Col("v")).As("total"))
                    .OrderBy(new OrderKey("k"))
                    .ReplaceTable(Layer.Gold, kept ? "kept" : "plain"));
            }
        });
        host.Receive("in.parquet", bytes);
        foreach (var kept in new[] { false, true })
        {
            var run = await host.Run($"kept{kept}");
            Assert.Equal((RunState.Succeeded, null), (run.State, run.Error));
        }

        var plain = await host.Read(Layer.Gold, "plain", "k", "total");
        Assert.Equal(8, plain.Count);
        Assert.Equal(plain, await host.Read(Layer.Gold, "kept", "k", "total"));
    }

    [Fact]
    public void A_type_that_no_file_holds_is_refused_while_binding()
    {
        var schema = new Schema([new Field("wait", Apache.Arrow.Types.DurationType.Microsecond, true)], null);
        Assert.Equal("wait", Assert.Throws<PlanException>(() => new ParquetFileTarget("x.parquet").Bind(schema)).Column);
    }

    private static PipelineEnd Write(Flow flow, string path, string format) => format switch
    {
        "parquet" => flow.ReplaceParquet(path),
        "ipc" => flow.ReplaceIpc(path),
        "ipc-stream" => flow.ReplaceIpc(path, new IpcWriteOptions { AsStream = true }),
        "ipc-zstd" => flow.ReplaceIpc(path, new IpcWriteOptions { Compression = IpcCompression.Zstd }),
        _ => flow.ReplaceIpc(path, new IpcWriteOptions { Compression = IpcCompression.Lz4 }),
    };

    private static Flow Read(PipelineBuilder pipeline, string path, string format) =>
        format == "parquet" ? pipeline.ReadParquet(path) : pipeline.ReadIpc(path);

    private sealed record Day(string Name, int Value);
}
