using System.Security.Cryptography;
using System.Text;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>From files in an inbox over raw objects to rows of a table.</summary>
public sealed class RawChainTests
{
    private const string Good = "Station,TempMax,Day\nSeattle,12.5,2015-01-01\nNew York,,2015-01-01\n";

    [Fact]
    public async Task Each_distinct_content_becomes_one_object_named_by_its_digest_and_one_manifest_row()
    {
        await using var host = Chain();
        host.Receive("b.csv", Good);
        host.Receive("a.csv", "Station,TempMax,Day\n");
        host.Receive("c.csv", Good);
        var run = await host.Run("raw");
        Assert.Equal((RunState.Succeeded, 3, 2), (run.State, run.Rows.Read, run.Rows.Written));
        Assert.Equal(1, run.Rows.Filtered);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Good)));
        var rows = await host.Read(Layer.Raw, "weather", "source", "digest", "path", "size");
        Assert.Equal(["a.csv", "b.csv"], rows.Select(r => r.Split('|')[0]));
        Assert.Equal($"b.csv|{digest}|raw/weather/objects/{digest}|{Good.Length}", rows[1]);
        using var stored = new StreamReader(await host.Objects.OpenReadAsync($"raw/weather/objects/{digest}"));
        Assert.Equal(Good, await stored.ReadToEndAsync());
    }

    [Fact]
    public async Task Only_new_and_changed_files_are_read_and_a_known_content_is_unchanged()
    {
        await using var host = Chain();
        Assert.False((await host.Run("raw")).Published);
        host.Receive("a.csv", Good);
        Assert.Equal(1, (await host.Run("raw")).Rows.Read);
        Assert.False((await host.Run("raw")).Published);
        host.Receive("a.csv", Good, age: 30);
        host.Receive("b.csv", Good + "Boston,1,2015-01-02\n");
        var run = await host.Run("raw");
        Assert.Equal((2, 2), (run.Rows.Read, run.Rows.Written));
        Assert.Equal(["a.csv", "b.csv"], await host.Read(Layer.Raw, "weather", "source"));
        File.Delete(Path.Combine(host.Inbox, "a.csv"));
        Assert.False((await host.Run("raw")).Published);
    }

    [Fact]
    public async Task A_file_still_being_written_waits_for_the_next_run()
    {
        await using var host = Chain();
        host.Receive("young.csv", Good, age: -3600);
        host.Receive(".hidden.csv", Good);
        host.Receive("half.csv.part", Good);
        host.Receive("other.tmp", Good);
        host.Receive("notes.txt", "no csv");
        Assert.False((await host.Run("raw")).Published);
        File.SetLastWriteTimeUtc(Path.Combine(host.Inbox, "young.csv"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, (await host.Run("raw")).Rows.Read);
    }

    [Fact]
    public async Task Good_rows_land_bad_rows_are_in_quarantine_with_their_place_and_the_counts_add_up()
    {
        await using var host = Chain();
        host.Receive("mixed.csv", Good + "Seattle,warm,2015-01-02\n,1.5,2015-01-02\nSeattle,1,2015-01-03,extra\nSeattle,2.5,2015-01-04\n");
        await host.Run("raw");
        var run = await host.Run("bronze");
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Equal((6, 3, 3, 0), (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined, run.Rows.Filtered));
        Assert.Equal(
            ["Seattle|12.5|2015-01-01|mixed.csv|2", "New York|null|2015-01-01|mixed.csv|3", "Seattle|2.5|2015-01-04|mixed.csv|7"],
            await host.Read(Layer.Bronze, "weather", "station", "temp_max", "day", "_file", "_line"));
        Assert.Equal(
            [
                "read_csv|mixed.csv|4|type:double|temp_max|warm|Seattle,warm,2015-01-02", "read_csv|mixed.csv|5|not-null|station|null|,1.5,2015-01-02",
                "read_csv|mixed.csv|6|fields|null|null|Seattle,1,2015-01-03,extra",
            ],
            await host.Read(Layer.Quarantine, "bronze", "operator", "file", "line", "rule", "column", "value", "row"));
    }

    [Fact]
    public async Task A_worthless_file_is_refused_whole_with_one_error_and_the_others_go_on()
    {
        await using var host = Chain();
        host.Receive("1-cut.csv", "Station,TempMax,Day\nSeattle,1.5,2015-01-01\nSeattle,2");
        host.Receive("2-binary.csv", [0x50, 0x4B, 0x03, 0x04, 0x00, 0xFF]);
        host.Receive("3-good.csv", Good);
        await host.Run("raw");
        var run = await host.Run("bronze");
        Assert.Equal(RunState.Failed, run.State);
        Assert.True(run.Published);
        Assert.Contains("1-cut.csv, line 3", run.Error, StringComparison.Ordinal);
        Assert.Contains("2-binary.csv", run.Error, StringComparison.Ordinal);
        Assert.Equal(["3-good.csv", "3-good.csv"], await host.Read(Layer.Bronze, "weather", "_file"));
        Assert.False((await host.Run("bronze")).Published);
    }

    [Fact]
    public async Task New_objects_are_read_once()
    {
        await using var host = Chain();
        host.Receive("a.csv", Good);
        await host.Run("raw");
        await host.Run("bronze");
        host.Receive("b.csv", "Station,TempMax,Day\nBoston,1,2015-01-02\n");
        await host.Run("raw");
        var run = await host.Run("bronze");
        Assert.Equal((1, 1), (run.Rows.Read, run.Rows.Written));
        Assert.Equal(["Seattle", "New York", "Boston"], await host.Read(Layer.Bronze, "weather", "station"));
    }

    [Fact]
    public async Task What_is_set_aside_does_not_depend_on_the_columns_a_pipeline_uses()
    {
        await using var host = Chain();
        host.Receive("a.csv", Good + "Seattle,warm,2015-01-02\n");
        await host.Run("raw");
        var run = await host.Run("stations");
        Assert.Equal((3, 2, 1), (run.Rows.Read, run.Rows.Written, run.Rows.Quarantined));
        Assert.Equal(["Seattle", "New York"], await host.Read(Layer.Silver, "stations", "station"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csv.gz")]
    [InlineData("jsonl")]
    public async Task A_long_run_over_objects_publishes_in_steps_of_about_so_many_rows(string kind)
    {
        await using var host = new LakeHost((host, dex) => dex
            .AddPipeline("raw", p => p.ReadFolder(host.Inbox, $"*.{kind}").Incremental().IngestInto(Layer.Raw, "weather").Checkpoints(rows: 1))
            .AddPipeline("bronze", p => (kind == "jsonl"
                ? p.ReadJsonObjects<Reading>(Layer.Raw, "weather").Incremental()
                : p.ReadCsvObjects<Reading>(Layer.Raw, "weather").Incremental()).AppendTo(Layer.Bronze, "weather").Checkpoints(rows: 40)));
        for (var file = 0; file < 8; file++)
        {
            var text = string.Concat(Enumerable.Range(0, 20).Select(i => kind == "jsonl" ? $"{{\"station\":\"s{file}-{i}\"}}\n" : $"s{file}-{i},{i},2015-01-01\n"));
            host.Receive($"{file}.{kind}", kind == "csv.gz" ? Gzip("Station,TempMax,Day\n" + text) : Encoding.UTF8.GetBytes(kind == "csv" ? "Station,TempMax,Day\n" + text : text));
        }

        Assert.Equal(8, (await host.Run("raw")).Steps);
        var run = await host.Run("bronze");
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal(160, run.Rows.Written);
        Assert.InRange(run.Steps, 3, 5);
        Assert.Equal(160, (await host.Read(Layer.Bronze, "weather", "station")).Distinct().Count());
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private static LakeHost Chain() => new((host, dex) =>
    {
        dex.AddPipeline("raw", p => p.ReadFolder(host.Inbox, "*.csv").Incremental().IngestInto(Layer.Raw, "weather"));
        dex.AddPipeline("bronze", p => p.ReadCsvObjects<Reading>(Layer.Raw, "weather").Incremental().AppendTo(Layer.Bronze, "weather"));
        dex.AddPipeline("stations", p => p.ReadCsvObjects<Reading>(Layer.Raw, "weather").Select(r => new { r.Station }).ReplaceTable(Layer.Silver, "stations").Unkeyed("a test"));
    });

    private sealed record Reading(string Station, double? TempMax, DateOnly? Day);
}
