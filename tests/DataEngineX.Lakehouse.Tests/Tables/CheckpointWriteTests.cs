using System.Globalization;
using System.Text.Json.Nodes;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tests.Delta;
using DataEngineX.Plans;
using DataEngineX.Testing;
using Microsoft.Extensions.Time.Testing;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>What a checkpoint holds, and that nothing depends on whether there is one.</summary>
public class CheckpointWriteTests
{
    [Fact]
    public async Task A_checkpoint_is_taken_every_ten_commits_and_alone_tells_what_the_entries_tell()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 23; i++)
            await CommitAsync(lake, i);
        var (rows, snapshot) = (await lake.RowsAsync(), await lake.SnapshotAsync());

        Assert.Equal([LakeHistory.Checkpoint(10), LakeHistory.Checkpoint(20)], (await lake.LogAsync()).Where(n => n.EndsWith(".parquet", StringComparison.Ordinal)));
        for (var version = 0; version < 20; version++)
            await lake.Store.DeleteAsync(lake.Log(LakeHistory.Entry(version)));
        using var reader = lake.Reopened();
        var read = await reader.SnapshotAsync();
        Assert.Equal(rows, await reader.RowsAsync());
        Assert.Equal((snapshot.Version, snapshot.RowCount, snapshot.FileCount, snapshot.Bytes), (read.Version, read.RowCount, read.FileCount, read.Bytes));
        Assert.Equal(snapshot.Records["p"], read.Records["p"]);
        Assert.Equal(rows, await reader.RowsAsync(new TableScan { Version = 22 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cursor_run_key_and_fencing_token_survive_a_checkpoint_and_cleaning(bool cleaned)
    {
        var clock = new FakeTimeProvider();
        using var lake = new Lake(new InMemoryObjectStore(time: clock), clock: clock);
        for (var i = 1; i <= 11; i++)
        {
            await lake.AppendAsync(lake.Record(i, token: i), (i, "a", i));
            clock.Advance(TimeSpan.FromDays(cleaned ? 4 : 0));
        }

        clock.Advance(TimeSpan.FromDays(cleaned ? 40 : 0));
        await lake.AppendAsync(lake.Record(1, pipeline: "q", token: 50), (100, "q", 1));
        for (var i = 12; i <= 22; i++)
            await lake.AppendAsync(lake.Record(i, token: i), (i, "a", i));
        using var later = lake.Reopened();

        Assert.Equal(cleaned, !(await lake.LogAsync()).Contains(LakeHistory.Entry(0)));
        Assert.Equal((1, "key-q-1", 50), Told((await later.SnapshotAsync()).Records["q"]));
        Assert.Equal("1", (await later.SnapshotAsync()).Records["q"].Cursor[DatasetId.Table(Layer.Bronze, "source")]);
        var again = await later.AppendAsync(later.Record(1, pipeline: "q", token: 50), (100, "q", 1));
        Assert.Equal(("11", true), (again.Version, again.AlreadyDone));
        await Assert.ThrowsAsync<FencedException>(() => later.AppendAsync(later.Record(2, pipeline: "q", token: 49), (101, "q", 1)));
        Assert.Equal(23, (await later.RowsAsync()).Count);
    }

    [Fact]
    public async Task Cleaning_keeps_whatever_a_version_within_the_retention_needs()
    {
        var clock = new FakeTimeProvider();
        using var lake = new Lake(new InMemoryObjectStore(time: clock), clock: clock);
        for (var i = 1; i <= 41; i++)
        {
            await lake.AppendAsync(lake.Record(i), (i, "a", i));
            clock.Advance(TimeSpan.FromDays(1));
        }

        // Thirty days before the day of version 40 is that of version 10, which has a checkpoint.
        var log = await lake.LogAsync();
        Assert.Equal(LakeHistory.Checkpoint(10), log[0]);
        Assert.Equal(LakeHistory.Entry(10), log[1]);
        Assert.Equal(31, log.Count(n => n.EndsWith(".json", StringComparison.Ordinal)));
        using var reader = lake.Reopened();
        for (var version = 10; version <= 40; version++)
            Assert.Equal(version + 1, (await reader.RowsAsync(new TableScan { Version = version })).Count);
        await Assert.ThrowsAsync<DataEngineXException>(() => reader.RowsAsync(new TableScan { Version = 9 }));
        Assert.Equal(Enumerable.Range(10, 31).Reverse().Select(v => (long)v), await (await reader.TableAsync()).GetHistoryAsync().Select(c => c.Version).ToListAsync());
    }

    [Fact]
    public async Task Settings_say_how_often_and_whether_the_log_is_cleaned()
    {
        var clock = new FakeTimeProvider();
        using var lake = new Lake(new InMemoryObjectStore(time: clock), clock: clock);
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.ConfigureAsync(("delta.checkpointInterval", "3"), ("delta.enableExpiredLogCleanup", "false"));
        for (var i = 2; i <= 7; i++)
        {
            await lake.AppendAsync(lake.Record(i), (i, "a", i));
            clock.Advance(TimeSpan.FromDays(30));
        }

        Assert.Equal([LakeHistory.Checkpoint(3), LakeHistory.Checkpoint(6)], (await lake.LogAsync()).Where(n => n.EndsWith(".parquet", StringComparison.Ordinal)));
        Assert.Contains(LakeHistory.Entry(0), await lake.LogAsync());
    }

    [Fact]
    public async Task Tombstones_and_counters_go_when_their_time_is_over()
    {
        var clock = new FakeTimeProvider();
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path), clock: clock);
        await lake.AppendAsync(lake.Record(1, pipeline: "old"), (0, "a", 1));
        await lake.ConfigureAsync(
            ("delta.checkpointInterval", "3"), ("delta.deletedFileRetentionDuration", "interval 2 days"), ("delta.setTransactionRetentionDuration", "interval 1 week"));
        await lake.ReplaceAsync(lake.Record(1), (1, "a", 1));
        await lake.ReplaceAsync(lake.Record(2), (2, "a", 1));
        Assert.Equal(2, Rows(lake, folder, 3, "remove.path"));
        clock.Advance(TimeSpan.FromDays(1));
        await lake.ReplaceAsync(lake.Record(3), (3, "a", 1));
        clock.Advance(TimeSpan.FromDays(1.5));
        await lake.ReplaceAsync(lake.Record(4), (4, "a", 1));
        await lake.ReplaceAsync(lake.Record(5), (5, "a", 1));
        Assert.Equal(3, Rows(lake, folder, 6, "remove.path"));
        Assert.Equal(2, Rows(lake, folder, 6, "txn.appId"));
        clock.Advance(TimeSpan.FromDays(6));
        for (var i = 6; i <= 8; i++)
            await lake.AppendAsync(lake.Record(i), (i, "a", 1));
        Assert.Equal(0, Rows(lake, folder, 9, "remove.path"));
        Assert.Equal(1, Rows(lake, folder, 9, "txn.appId"));

        // The record that decides whether a commit is done again is not the counter, and stays.
        using var later = lake.Reopened();
        Assert.True((await later.AppendAsync(later.Record(1, pipeline: "old"), (0, "a", 1))).AlreadyDone);
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_written_fails_no_commit()
    {
        var store = new WatchedStore(new InMemoryObjectStore()) { FailToCreate = k => k.Contains(".checkpoint", StringComparison.Ordinal) };
        using var lake = new Lake(store);
        for (var i = 1; i <= 12; i++)
            await lake.AppendAsync(lake.Record(i), (i, "a", i));

        Assert.Equal(12, (await lake.RowsAsync()).Count);
        Assert.Equal(12, (await lake.LogAsync()).Count);
        store.FailToCreate = null;
        for (var i = 13; i <= 21; i++)
            await lake.AppendAsync(lake.Record(i), (i, "a", i));
        Assert.Contains(LakeHistory.Checkpoint(20), await lake.LogAsync());
    }

    [Fact]
    public async Task The_hint_says_what_the_checkpoint_holds_and_a_wrong_one_is_passed_over()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 21; i++)
            await CommitAsync(lake, i);
        var key = lake.Log("_last_checkpoint");
        var hint = JsonNode.Parse(await lake.TextAsync(key))!;

        Assert.Equal(20, hint["version"]!.GetValue<long>());
        Assert.Equal((await lake.SnapshotAsync()).FileCount, hint["numOfAddFiles"]!.GetValue<long>());
        Assert.Equal((await lake.Store.HeadAsync(lake.Log(LakeHistory.Checkpoint(20))))!.Size, hint["sizeInBytes"]!.GetValue<long>());
        Assert.Equal(32, hint["checksum"]!.GetValue<string>().Length);
        var rows = await lake.RowsAsync();
        foreach (var wrong in new[] { """{"version":999,"size":1}""", """{"version":10,"size":1,"checksum":"00000000000000000000000000000000"}""", "{\"vers", "[]" })
        {
            await lake.Store.PutAsync(key, System.Text.Encoding.UTF8.GetBytes(wrong));
            using var reader = lake.Reopened();
            Assert.Equal(rows, await reader.RowsAsync());
        }
    }

    [Fact]
    public async Task Only_the_newest_checkpoint_and_what_follows_is_read_when_a_table_is_opened()
    {
        var store = new WatchedStore(new InMemoryObjectStore());
        using var lake = new Lake(store);
        for (var i = 1; i <= 33; i++)
            await lake.AppendAsync(lake.Record(i), (i, "a", i));
        using var reader = lake.Reopened();
        store.Opened.Clear();
        await reader.SnapshotAsync();

        Assert.Equal(
            [LakeHistory.Checkpoint(30), LakeHistory.Entry(31), LakeHistory.Entry(32), LakeHistory.Entry(33), "_last_checkpoint"],
            store.Opened.Select(k => k[(k.LastIndexOf('/') + 1)..]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_engine_reads_the_checkpoint_and_its_statistics_as_columns()
    {
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path));
        await lake.AppendAsync(lake.Record(1), (1, "a", 1.5), (2, null, 2.5));
        await lake.ConfigureAsync(("delta.checkpointInterval", "2"), ("delta.checkpoint.writeStatsAsStruct", "true"));
        await lake.AppendAsync(lake.Record(2), (7, "x", null), (9, "y", -1));
        var file = folder[lake.Log(LakeHistory.Checkpoint(2))];

        Assert.Equal(
            ["2|1|2|1.5|2.5|1", "2|7|9|-1.0|-1.0|0"],
            Ask(
                "select add.stats_parsed.numRecords, add.stats_parsed.minValues.id, add.stats_parsed.maxValues.id, add.stats_parsed.minValues.amount, "
                + $"add.stats_parsed.maxValues.amount, add.stats_parsed.nullCount.name from read_parquet('{file}') where add is not null order by 2"));
        Assert.Equal(["1|7|domainMetadata"], Ask($"select protocol.minReaderVersion, protocol.minWriterVersion, array_to_string(protocol.writerFeatures, ',') from read_parquet('{file}') where protocol is not null"));
        Assert.Equal(["p/silver/readings|2"], Ask($"select txn.appId, txn.version from read_parquet('{file}') where txn is not null"));
        Assert.Equal(["dataenginex.p"], Ask($"select domainMetadata.domain from read_parquet('{file}') where domainMetadata is not null"));
        using var reader = lake.Reopened();
        Assert.Equal(["7|x|null", "9|y|-1"], await reader.RowsAsync(new TableScan { Predicate = Col("id") > 5 }));
    }

    [Fact]
    public async Task Statistics_that_a_checkpoint_keeps_only_as_columns_are_read()
    {
        using var folder = new TempFolder();
        using var lake = new Lake(new LocalObjectStore(folder.Path));
        await lake.AppendAsync(lake.Record(1), (1, "a", 1.5), (2, null, 2.5));
        await lake.ConfigureAsync(
            ("delta.checkpointInterval", "2"), ("delta.checkpoint.writeStatsAsStruct", "true"), ("delta.checkpoint.writeStatsAsJson", "false"));
        await lake.AppendAsync(lake.Record(2), (7, "x", null), (9, "y", -1));
        OutsideReader.Run($"copy (select txn, protocol, metaData, domainMetadata, struct_pack(path := add.path, partitionValues := add.partitionValues, size := add.size, "
            + "modificationTime := add.modificationTime, dataChange := false, stats_parsed := add.stats_parsed) as add "
            + $"from read_parquet('{folder[lake.Log(LakeHistory.Checkpoint(2))]}')) to '{folder["without.parquet"]}' (format parquet)");
        File.Move(folder["without.parquet"], folder[lake.Log(LakeHistory.Checkpoint(2))], overwrite: true);
        using var reader = lake.Reopened();

        Assert.Equal(4, (await reader.SnapshotAsync()).RowCount);
        var flow = new RowAccount();
        Assert.Equal(["7|x|null", "9|y|-1"], await reader.RowsAsync(new TableScan { Predicate = Col("id") > 5, Rows = flow }));
        Assert.Equal(2, flow[RowFlow.Pruned]);
    }

    private static Task<CommitResult> CommitAsync(Lake lake, int i) => (i % 4) switch
    {
        0 => lake.UpsertAsync(lake.Record(i), (i - 2, "again", i), (i, "b", i)),
        3 when i % 9 == 0 => lake.ReplaceAsync(lake.Record(i), (i, "all", i), (i + 1, null, null)),
        _ => lake.AppendAsync(lake.Record(i), (i, "a", i)),
    };

    private static (long Sequence, string RunKey, long Token) Told(CommitRecord record) => (record.Sequence, record.RunKey, record.FencingToken);

    private static List<string> Ask(string sql) => OutsideReader.Run($"select columns(*)::varchar from ({sql})");

    private static int Rows(Lake lake, TempFolder folder, long version, string column) => int.Parse(
        Ask($"select count({column}) from read_parquet('{folder[lake.Log(LakeHistory.Checkpoint(version))]}')").Single(), CultureInfo.InvariantCulture);
}
