using System.Text;
using DataEngineX.Lakehouse.Tests.Tables;
using DataEngineX.Testing;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class TableLogTests
{
    private const string Log = "silver/readings/_delta_log/";

    [Fact]
    public async Task Opening_a_table_again_reads_only_what_is_new()
    {
        var inner = new InMemoryObjectStore();
        using var writer = new Lake(inner);
        for (var i = 1; i <= 400; i++)
            await writer.AppendAsync(writer.Record(i), (i, "a", 1));
        var store = new WatchedStore(inner);
        using var reader = new Lake(store);

        Assert.Equal(399, (await reader.SnapshotAsync()).Version);
        Assert.InRange(store.Reads, 11, 13);
        var cold = store.Reads;
        await reader.SnapshotAsync();
        Assert.InRange(store.Reads - cold, 1, 3);

        for (var i = 401; i <= 420; i++)
            await writer.AppendAsync(writer.Record(i), (i, "a", 1));
        var before = store.Reads;
        Assert.Equal(420, (await reader.SnapshotAsync()).RowCount);
        Assert.InRange(store.Reads - before, 20, 32);
    }

    [Fact]
    public async Task A_version_missing_between_others_is_an_error_naming_it()
    {
        using var lake = new Lake();
        for (var i = 1; i <= 4; i++)
            await lake.AppendAsync(lake.Record(i), (i, "a", 1));
        await lake.Store.DeleteAsync(Log + "00000000000000000002.json");
        using var reopened = lake.Reopened();
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => reopened.SnapshotAsync());

        Assert.Contains("silver/readings has a damaged log: the entry of version 2 is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"version\":77,\"size\":3}")]
    public async Task A_pointer_to_a_checkpoint_that_is_not_there_is_passed_over(string pointer)
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.Store.PutAsync(Log + "_last_checkpoint", Encoding.UTF8.GetBytes(pointer));
        using var reopened = lake.Reopened();

        Assert.Equal(["1|a|1"], await reopened.RowsAsync());
    }

    [Fact]
    public async Task A_damaged_entry_is_an_error_naming_file_and_line()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.Store.PutAsync(Log + "00000000000000000001.json", "{\"commitInfo\":{}}\n{\"add\":"u8.ToArray());
        using var reopened = lake.Reopened();
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => reopened.SnapshotAsync());

        Assert.Contains(Log + "00000000000000000001.json, line 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"catalogManaged\"],\"writerFeatures\":[]}}", "'catalogManaged'")]
    [InlineData("{\"protocol\":{\"minReaderVersion\":9,\"minWriterVersion\":7}}", "reader version 9")]
    public async Task What_a_table_asks_of_readers_and_is_not_there_is_named(string action, string named)
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.Store.PutAsync(Log + "00000000000000000001.json", Encoding.UTF8.GetBytes(action));
        using var reopened = lake.Reopened();
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => reopened.SnapshotAsync());

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_asks_more_of_writers_than_there_is_is_only_read()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.Store.PutAsync(Log + "00000000000000000001.json", "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":8}}"u8.ToArray());

        Assert.Equal(["1|a|1"], await lake.RowsAsync());
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.WriteAsync(lake.Request(lake.Record(2))));
        Assert.Contains("writer version 8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../secret.parquet")]
    [InlineData("%2e%2e/%2e%2e/secret.parquet")]
    [InlineData("file:///etc/passwd")]
    public async Task A_data_file_outside_the_table_is_never_read(string path)
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        var add = $"{{\"add\":{{\"path\":\"{path}\",\"partitionValues\":{{}},\"size\":1,\"modificationTime\":1,\"dataChange\":true}}}}";
        await lake.Store.PutAsync(Log + "00000000000000000001.json", Encoding.UTF8.GetBytes(add));
        using var reopened = lake.Reopened();

        await Assert.ThrowsAsync<DataEngineXException>(() => reopened.RowsAsync());
    }

    [Fact]
    public async Task A_commit_says_in_one_entry_what_was_done_by_whom_and_how_far()
    {
        using var lake = new Lake();
        var lineage = new DatasetLineage(lake.Id, "p", [DatasetId.Table(Layer.Bronze, "source")], [.. Enumerable.Range(0, 5_000).Select(
            i => new ColumnLineage($"column{i}", [new ColumnOrigin(DatasetId.Table(Layer.Bronze, "source"), $"source{i}", LineageKind.Identity)]))], []);
        var verdicts = Enumerable.Range(0, 3_000).Select(
            i => new Verdict { Rule = "not_null", Column = $"column{i}", Outcome = VerdictOutcome.Pass, Checked = 10 }).ToList();
        await lake.AppendAsync(lake.Record(1) with { Lineage = lineage, Verdicts = verdicts }, (1, "a", 1));
        await using var stream = await lake.Store.OpenReadAsync(Log + "00000000000000000000.json");
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["commitInfo", "protocol", "metaData", "txn", "domainMetadata", "add"], lines.Select(l => l.Split('"')[1]));
        Assert.InRange(Encoding.UTF8.GetByteCount(lines[0]), 1_000, 64 * 1024);
        Assert.Contains("\"engineInfo\":\"DataEngineX/", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"runId\":\"run1p\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"omitted\":", lines[0], StringComparison.Ordinal);
        Assert.Equal("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"domainMetadata\"]}}", lines[1]);
        Assert.StartsWith("{\"txn\":{\"appId\":\"p/silver/readings\",\"version\":1,", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("{\"domainMetadata\":{\"domain\":\"dataenginex.p\",\"configuration\":\"{", lines[4], StringComparison.Ordinal);
        Assert.Contains("\\\"bronze/source\\\":\\\"1\\\"", lines[4], StringComparison.Ordinal);
        Assert.Contains("\"stats\":\"{\\\"numRecords\\\":1,\\\"minValues\\\":{\\\"id\\\":1", lines[5], StringComparison.Ordinal);
        Assert.Contains("\"path\":\"part-00000-run1p-", lines[5], StringComparison.Ordinal);
    }
}
