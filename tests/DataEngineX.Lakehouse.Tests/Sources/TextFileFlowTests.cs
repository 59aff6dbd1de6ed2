using System.IO.Compression;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>CSV and JSON lines as beginnings and ends of pipelines.</summary>
public sealed class TextFileFlowTests
{
    [Fact]
    public async Task A_large_file_is_read_in_chunks_on_several_threads_in_its_order_with_its_lines()
    {
        await using var host = new LakeHost((host, dex) =>
        {
            dex.AddEngine(o => o.Parallelism = 4);
            dex.AddPipeline("rows", p => p.ReadCsv<Row>(Path.Combine(host.Inbox, "big.csv"), new CsvReadOptions { ChunkBytes = 1000 }).ReplaceTable(Layer.Silver, "rows").Unkeyed("a test"));
        });
        var text = new StringBuilder("name,n\n");
        for (var i = 0; i < 5000; i++)
            text.Append(i % 500 == 499 ? $"\"bad\n{i}\",x\n" : i % 7 == 0 ? $"\"two\nlines {i}\",{i}\n" : $"n{i},{i}\n");
        host.Receive("big.csv", text.ToString());
        var run = await host.Run("rows");
        Assert.Equal((RunState.Succeeded, 5000, 4990, 10), (run.State, run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        var rows = await host.Read(Layer.Silver, "rows", "n", "_line");
        var line = 2;
        var expected = new List<string>();
        for (var i = 0; i < 5000; i++)
        {
            if (i % 500 != 499)
                expected.Add($"{i}|{line}");
            line += i % 500 == 499 || i % 7 == 0 ? 2 : 1;
        }

        Assert.Equal(expected, rows);
        Assert.Equal(10, (await host.Read(Layer.Quarantine, "rows", "line")).Distinct().Count());
    }

    [Fact]
    public async Task Files_without_declared_columns_are_sniffed_when_the_pipeline_is_bound()
    {
        await using var host = new LakeHost((host, dex) =>
        {
            dex.AddPipeline("csv", p => p.ReadCsv(Path.Combine(host.Inbox, "s.csv")).Where(Columns.Col("price") > 1.0).Select("day", "price").ReplaceTable(Layer.Silver, "csv").Unkeyed("a test"));
            dex.AddPipeline("json", p => p.ReadJsonLines(Path.Combine(host.Inbox, "s.jsonl")).Select("id", "ok").ReplaceTable(Layer.Silver, "json").Unkeyed("a test"));
        });
        host.Receive("s.csv", "day;price\n31.12.2020;2,5\n01.01.2021;0,5\n");
        host.Receive("s.jsonl", "{\"id\":1,\"ok\":true}\n{\"id\":2}\n");
        var csv = await host.Run("csv");
        var json = await host.Run("json");
        Assert.Equal((RunState.Succeeded, null, RunState.Succeeded, null), (csv.State, csv.Error, json.State, json.Error));
        Assert.Equal(["2020-12-31|2.5"], await host.Read(Layer.Silver, "csv", "day", "price"));
        Assert.Equal(["1|true", "2|null"], await host.Read(Layer.Silver, "json", "id", "ok"));
    }

    [Fact]
    public async Task Bad_json_lines_are_in_quarantine_with_their_path_and_the_counts_add_up()
    {
        await using var host = new LakeHost((host, dex) =>
        {
            dex.AddPipeline("raw", p => p.ReadFolder(host.Inbox, "*.jsonl").Incremental().IngestInto(Layer.Raw, "events"));
            dex.AddPipeline("events", p => p.ReadJsonObjects<Row>(Layer.Raw, "events").Incremental().AppendTo(Layer.Bronze, "events"));
        });
        host.Receive("1.jsonl", "{\"name\":\"a\",\"n\":1}\n{\"name\":\"b\",\"n\":\"x\"}\n{\"n\":2}\nnot json\n");
        host.Receive("2-cut.jsonl", "{\"name\":\"a\",\"n\":1}\n{\"na");
        await host.Run("raw");
        var run = await host.Run("events");
        Assert.Equal((RunState.Failed, true, 5, 1, 4), (run.State, run.Published, run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.Contains("2-cut.jsonl, line 2", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["read_json_lines|1.jsonl|2|type:int32|n|\"x\"", "read_json_lines|1.jsonl|3|not-null|name|null", "read_json_lines|1.jsonl|4|json|null|null", "read_json_lines|2-cut.jsonl|0|file|null|null"],
            await host.Read(Layer.Quarantine, "events", "operator", "file", "line", "rule", "column", "value"));
        Assert.Equal(["a|1|1.jsonl|1"], await host.Read(Layer.Bronze, "events", "name", "n", "_file", "_line"));
    }

    [Fact]
    public async Task A_compressed_file_is_read_and_a_broken_one_is_refused_by_name()
    {
        await using var host = new LakeHost((host, dex) => dex.AddPipeline(
            "rows", p => p.ReadCsv<Row>(Path.Combine(host.Inbox, "*.csv.gz")).ReplaceTable(Layer.Silver, "rows").Unkeyed("a test")));
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            await gzip.WriteAsync("name,n\na,1\n"u8.ToArray(), TestContext.Current.CancellationToken);
        host.Receive("1.csv.gz", packed.ToArray());
        host.Receive("2.csv.gz", "no gzip"u8.ToArray());
        var run = await host.Run("rows");
        Assert.Contains("2.csv.gz", run.Error, StringComparison.Ordinal);
        Assert.False(run.Published);
        File.Delete(Path.Combine(host.Inbox, "2.csv.gz"));
        Assert.True((await host.Run("rows")).Published);
        Assert.Equal(["a|1"], await host.Read(Layer.Silver, "rows", "name", "n"));
    }

    [Theory]
    [InlineData("out.csv", "name,n\na,1\n\"b,c\",2\n")]
    [InlineData("out.jsonl", "{\"name\":\"a\",\"n\":1}\n{\"name\":\"b,c\",\"n\":2}\n")]
    [InlineData("out.csv.gz", "name,n\na,1\n\"b,c\",2\n")]
    [InlineData("out.jsonl.zst", "{\"name\":\"a\",\"n\":1}\n{\"name\":\"b,c\",\"n\":2}\n")]
    public async Task A_file_is_replaced_once_a_run_and_stays_when_nothing_is_new(string name, string expected)
    {
        await using var host = new LakeHost((host, dex) => dex.AddPipeline("out", p =>
        {
            var rows = p.ReadCsv<Row>(Path.Combine(host.Inbox, "in.csv")).Select(r => new { r.Name, r.N });
            return name.Contains("csv", StringComparison.Ordinal) ? rows.ReplaceCsv(Path.Combine(host.Lake, "out", name)) : rows.ReplaceJsonLines(Path.Combine(host.Lake, "out", name));
        }));
        var path = Path.Combine(host.Lake, "out", name);
        host.Receive("in.csv", "name,n\nold,0\n", age: 90);
        await host.Run("out");
        host.Receive("in.csv", "name,n\na,1\n\"b,c\",2\n");
        var run = await host.Run("out");
        Assert.Equal((RunState.Succeeded, 2), (run.State, run.Rows.Written));
        Assert.Equal(expected, Unpack(path));
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False((await host.Run("out")).Published);
        Assert.Equal(2020, File.GetLastWriteTimeUtc(path).Year);
        File.Delete(path);
        Assert.True((await host.Run("out")).Published);
        Assert.Equal(expected, Unpack(path));
        Assert.Equal([$".{name}.out.commit", name], Directory.EnumerateFiles(Path.Combine(host.Lake, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_column_that_cannot_be_written_is_named_when_the_pipeline_is_bound()
    {
        var schema = new Schema([new Field("fine", Int32Type.Default, true), new Field("wait", DurationType.Second, true)], null);
        Assert.Equal("wait", Assert.Throws<PlanException>(() => new CsvFileTarget("x.csv").Bind(schema)).Column);
        Assert.Equal("wait", Assert.Throws<PlanException>(() => new JsonFileTarget("x.jsonl").Bind(schema)).Column);
    }

    private static string Unpack(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = Path.GetExtension(path) switch
        {
            ".gz" => new GZipStream(file, CompressionMode.Decompress),
            ".zst" => new ZstdSharp.DecompressionStream(file),
            _ => file,
        };
        using var text = new StreamReader(plain);
        return text.ReadToEnd();
    }

    private sealed record Row(string Name, int N);
}
