using System.Text.Json.Nodes;
using DataEngineX.Lakehouse.Storage;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Which commits may be made after one that came between.</summary>
public class ConflictTests
{
    /// <summary>The disposition, the key that it touches, and whether it may follow.</summary>
    public static TheoryData<WriteDisposition, long, WriteDisposition, long, bool> Pairs => new()
    {
        { WriteDisposition.Append, 1, WriteDisposition.Append, 1, true },
        { WriteDisposition.Append, 1, WriteDisposition.Replace, 1, true },
        { WriteDisposition.Append, 1, WriteDisposition.Upsert, 1, true },
        { WriteDisposition.Replace, 1, WriteDisposition.Append, 900, false },
        { WriteDisposition.Replace, 1, WriteDisposition.Upsert, 900, false },
        { WriteDisposition.Upsert, 1, WriteDisposition.Append, 900, true },
        { WriteDisposition.Upsert, 1, WriteDisposition.Append, 1, false },
        { WriteDisposition.Upsert, 1, WriteDisposition.Upsert, 100, true },
        { WriteDisposition.Upsert, 1, WriteDisposition.Upsert, 1, false },
        { WriteDisposition.Upsert, 1, WriteDisposition.Replace, 900, false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_commit_follows_another_unless_what_it_read_was_changed(
        WriteDisposition mine, long myKey, WriteDisposition theirs, long theirKey, bool follows)
    {
        var store = new WatchedStore(new Testing.InMemoryObjectStore());
        using var lake = new Lake(store);
        using var other = lake.Reopened();
        await lake.AppendAsync(lake.Record(1), (1, "one", 1), (2, "two", 2));
        await lake.AppendAsync(lake.Record(2), (100, "hundred", 1), (101, "more", 2));
        store.BeforePutIfAbsent = _ => other.WriteAsync(
            other.Request(other.Record(1, pipeline: "q", runId: "their-run"), theirs), other.Batch((theirKey, "theirs", 7)));
        var request = lake.Request(lake.Record(3, runId: "my-run"), mine);
        var write = lake.WriteAsync(request, lake.Batch((myKey, "mine", 8)));

        if (follows)
        {
            Assert.Equal("3", (await write).Version);
            var rows = await lake.RowsAsync();
            Assert.Contains($"{myKey}|mine|8", rows);
            Assert.Contains($"{theirKey}|theirs|7", rows);
            return;
        }

        var error = await Assert.ThrowsAsync<CommitConflictException>(() => write);
        Assert.Equal(new CommitSide(Word(mine), 1, "my-run"), error.Lost);
        Assert.Equal(new CommitSide(Word(theirs), 2, "their-run"), error.Won);
        Assert.Contains($"the {Word(mine)} of run my-run was computed against version 1, but version 2 ({Word(theirs)} of run their-run)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"{myKey}|mine|8", await lake.RowsAsync());
    }

    [Theory]
    [InlineData("configuration")]
    [InlineData("columns")]
    public async Task Nobody_follows_a_change_of_columns_or_settings(string what)
    {
        using var folder = new TempFolder();
        var store = new WatchedStore(new LocalObjectStore(folder.Path));
        using var lake = new Lake(store);
        await lake.AppendAsync(lake.Record(1), (1, "one", 1));
        store.BeforePutIfAbsent = _ => PutAsync(store, 1, Changed(folder, what));
        var error = await Assert.ThrowsAsync<CommitConflictException>(() => lake.AppendAsync(lake.Record(2), (2, "two", 2)));

        Assert.Equal(("append", "SET"), (error.Lost!.Operation, error.Won!.Operation));
        Assert.Contains("has changed the columns or settings of the table", error.Message, StringComparison.Ordinal);
        await lake.AppendAsync(lake.Record(2), (2, "two", 2));
    }

    [Fact]
    public async Task A_protocol_that_can_still_be_written_is_followed_and_another_one_refused()
    {
        const string Asks = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"domainMetadata\",\"FEATURE\"]}}";
        using var folder = new TempFolder();
        var store = new WatchedStore(new LocalObjectStore(folder.Path));
        using var lake = new Lake(store);
        await lake.AppendAsync(lake.Record(1), (1, "one", 1));
        store.BeforePutIfAbsent = _ => PutAsync(store, 1, Asks.Replace("FEATURE", "appendOnly", StringComparison.Ordinal));
        Assert.Equal("2", (await lake.AppendAsync(lake.Record(2), (2, "two", 2))).Version);
        store.BeforePutIfAbsent = _ => PutAsync(store, 3, Asks.Replace("FEATURE", "somethingNew", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.AppendAsync(lake.Record(3), (3, "three", 3)));

        Assert.Contains("somethingNew", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1|one|1", "2|two|2"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Files_that_were_only_put_together_are_no_conflict_unless_the_same_files_go()
    {
        using var folder = new TempFolder();
        var store = new WatchedStore(new LocalObjectStore(folder.Path));
        using var lake = new Lake(store);
        await lake.AppendAsync(lake.Record(1), (1, "one", 1));
        await lake.AppendAsync(lake.Record(2), (500, "far", 1));
        var far = (await lake.KeysAsync()).Single(k => k.Contains("run2p", StringComparison.Ordinal))["silver/readings/".Length..];
        var rearranged = $"{{\"remove\":{{\"path\":\"{far}\",\"deletionTimestamp\":1,\"dataChange\":false}}}}\n"
            + $"{{\"add\":{{\"path\":\"{far}\",\"partitionValues\":{{}},\"size\":1,\"modificationTime\":1,\"dataChange\":false}}}}";
        store.BeforePutIfAbsent = _ => PutAsync(store, 2, rearranged);
        Assert.Equal("3", (await lake.UpsertAsync(lake.Record(3), (1, "mine", 1))).Version);
        store.BeforePutIfAbsent = _ => PutAsync(store, 4, rearranged);
        var error = await Assert.ThrowsAsync<CommitConflictException>(() => lake.UpsertAsync(lake.Record(4), (500, "mine", 1)));

        Assert.Contains("has removed the same file", error.Message, StringComparison.Ordinal);
    }

    private static string Word(WriteDisposition disposition) => disposition.ToString().ToLowerInvariant();

    /// <summary>The description of the table as version 0 has it, with one thing changed.</summary>
    private static string Changed(TempFolder folder, string what)
    {
        var line = File.ReadLines(folder["silver/readings/_delta_log/00000000000000000000.json"]).Single(l => l.StartsWith("{\"metaData\"", StringComparison.Ordinal));
        var action = JsonNode.Parse(line)!;
        if (what == "configuration")
            action["metaData"]!["configuration"] = new JsonObject { ["delta.constraints.positive"] = "amount > 0" };
        else
            action["metaData"]!["schemaString"] = action["metaData"]!["schemaString"]!.GetValue<string>().Replace("\"double\"", "\"double\" ", StringComparison.Ordinal);
        return action.ToJsonString();
    }

    private static async Task PutAsync(IObjectStore store, long version, string actions) => Assert.True(await store.PutIfAbsentAsync(
        $"silver/readings/_delta_log/{version:D20}.json",
        System.Text.Encoding.UTF8.GetBytes($"{{\"commitInfo\":{{\"timestamp\":1,\"operation\":\"SET\"}}}}\n{actions}\n")));
}
