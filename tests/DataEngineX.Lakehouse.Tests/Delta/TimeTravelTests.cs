using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class TimeTravelTests
{
    private static readonly string[] Columns = [Field("id", "integer")];

    [Theory]
    [InlineData(1_000, 0)]
    [InlineData(1_999, 0)]
    [InlineData(2_000, 1)]
    [InlineData(2_999, 1)]
    [InlineData(3_000, 2)]
    [InlineData(9_000, 2)]
    public async Task A_time_finds_the_version_that_was_newest_then(long time, long version)
    {
        using var table = new HandTable();
        table.Entry(0, Info(1_000), Protocol(), Metadata(Columns))
            .Entry(1, "{\"commitInfo\":{\"timestamp\":2000,\"inCommitTimestamp\":2500}}") // Of no weight, because the table keeps no times.
            .Entry(2, Info(3_000));

        Assert.Equal(version, await FindAsync(table, time));
        Assert.Equal([3_000, 2_000, 1_000], await (await table.TableAsync()).GetHistoryAsync().Select(c => c.Timestamp.ToUnixTimeMilliseconds()).ToListAsync());
    }

    [Fact]
    public async Task A_clock_set_back_does_not_set_versions_back()
    {
        using var table = new HandTable();
        table.Entry(0, Info(1_000), Protocol(), Metadata(Columns)).Entry(1, Info(5_000)).Entry(2, Info(3_000));

        Assert.Equal(0, await FindAsync(table, 3_500));
        Assert.Equal(2, await FindAsync(table, 5_000));
    }

    [Fact]
    public async Task An_entry_that_names_no_time_was_made_when_the_store_got_it()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol(), Metadata(Columns)).Entry(1, "{\"commitInfo\":{}}");
        File.SetLastWriteTimeUtc(table["_delta_log/00000000000000000000.json"], DateTime.UnixEpoch.AddSeconds(100));
        File.SetLastWriteTimeUtc(table["_delta_log/00000000000000000001.json"], DateTime.UnixEpoch.AddSeconds(200));

        Assert.Equal(0, await FindAsync(table, 150_000));
        Assert.Equal(1, await FindAsync(table, 200_000));
    }

    [Fact]
    public async Task Of_a_long_log_few_entries_are_looked_at()
    {
        const int Versions = 3_000;
        var store = new Tables.WatchedStore(new DataEngineX.Testing.InMemoryObjectStore());
        using var lake = new Tables.Lake(store);
        for (var version = 0; version < Versions; version++)
        {
            string[] lines = version == 0 ? [Info(0), Protocol(), Metadata(Columns)] : [Info(version * 1_000), "{\"txn\":{\"appId\":\"a\",\"version\":1}}"];
            await store.PutAsync($"silver/readings/_delta_log/{version:D20}.json", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        }

        var table = await lake.TableAsync();
        store.Opened.Clear();
        foreach (var version in new[] { 0, 1, 1_234, 2_998, 2_999 })
        {
            var before = store.Ranges;
            Assert.Equal(version, await table.FindVersionAsync(DateTimeOffset.FromUnixTimeMilliseconds((version * 1_000) + 500)));
            Assert.InRange(store.Ranges - before, 1, 150);
        }

        Assert.DoesNotContain(store.Opened, k => !k.EndsWith($"{Versions:D20}.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_time_before_the_log_is_an_error_that_names_its_beginning()
    {
        using var table = new HandTable();
        table.Entry(0, Info(1_000), Protocol(), Metadata(Columns));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => FindAsync(table, 999));

        Assert.Contains("bronze/hand has no version of 1970-01-01 00:00:00.999Z; its log begins at 1970-01-01 00:00:01.000Z", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_begins_at_the_oldest_checkpoint_once_entries_are_gone()
    {
        using var table = new GoldenTable("basic-with-inserts-overwrite-restore");
        var times = await (await table.Catalog.FindAsync(table.Id))!.GetHistoryAsync().ToDictionaryAsync(c => c.Version, c => c.Timestamp);
        File.Delete(table["_delta_log/00000000000000000000.json"]);
        using var reopened = new Tables.Lake(new DataEngineX.Lakehouse.Storage.LocalObjectStore(Path.GetFullPath(Path.Combine(table[""], "..", "..")))) { Id = table.Id };
        var found = await reopened.TableAsync();

        Assert.Equal(3, await found.FindVersionAsync(times[3]));
        await Assert.ThrowsAsync<DataEngineXException>(async () => await found.FindVersionAsync(times[2]));
    }

    /// <summary>A commit of a writer that leaves statistics out has not added or removed nothing.</summary>
    [Fact]
    public async Task Rows_that_the_log_does_not_tell_are_unknown_and_no_place_to_cut_a_read()
    {
        using var table = new HandTable();
        var stats = """{"numRecords":1}""";
        table.Parquet("a.parquet", "select 1 as id").Parquet("b.parquet", "select 2 as id").Parquet("c.parquet", "select 3 as id")
            .Entry(0, Info(1_000), Protocol(), Metadata(Columns), Add("a.parquet", stats: stats)).Entry(1, Info(2_000), Add("b.parquet"))
            .Entry(2, Info(3_000), Remove("a.parquet"), Add("c.parquet", stats: stats));
        var history = await (await table.TableAsync()).GetHistoryAsync().ToListAsync();
        Assert.Equal([(1, null), (null, 0), (1, 0)], history.Select(c => (c.RowsAdded, c.RowsRemoved)));

        var data = new DataAccess(table.Catalog, null!, TimeProvider.System, null!);
        var source = new TableSource(table.Id);
        Assert.Equal(["2"], await source.CutAsync(data, await source.PinAsync(data, null, default), 1, default));
        Assert.Equal(["0", "1"], await source.CutAsync(data, new InputVersion(table.Id, "1", null, HasData: true), 1, default));
    }

    [Fact]
    public async Task Pipelines_read_a_version_or_a_time()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Parquet("b.parquet", "select 2 as id")
            .Entry(0, Info(1_000), Protocol(), Metadata(Columns), Add("a.parquet")).Entry(1, Info(2_000), Add("b.parquet"));
        var reader = new FlowReader(new DataAccess(table.Catalog, null!, TimeProvider.System, null!), new EngineOptions());

        Assert.Equal(["1", "2"], await Rows.Of(reader.ReadAsync(Flow.Table(Layer.Bronze, "hand"))));
        Assert.Equal(["1"], await Rows.Of(reader.ReadAsync(Flow.Table(Layer.Bronze, "hand", 0))));
        Assert.Equal(["1"], await Rows.Of(reader.ReadAsync(Flow.Table(Layer.Bronze, "hand", DateTimeOffset.FromUnixTimeMilliseconds(1_500)))));
        Assert.Equal([2], (await reader.ToListAsync(Flow.Table<Row>(Layer.Bronze, "hand", 1).Where(r => r.Id > 1))).Select(r => r.Id));
        Assert.Equal([1], (await reader.ToListAsync(Flow.Table<Row>(Layer.Bronze, "hand", DateTimeOffset.UnixEpoch.AddSeconds(1)))).Select(r => r.Id));
    }

    private static async Task<long> FindAsync(HandTable table, long time) =>
        await (await table.TableAsync()).FindVersionAsync(DateTimeOffset.FromUnixTimeMilliseconds(time));

    private sealed record Row(int Id);
}
