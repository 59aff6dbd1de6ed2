using DataEngineX.Lakehouse.Tables;
using DataEngineX.Lakehouse.Tests.Tables;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>What a snapshot tells without a look into data files, and what is asked for beyond it.</summary>
public class SnapshotTests
{
    private static readonly string[] Columns = [Field("id", "integer")];

    [Fact]
    public async Task A_snapshot_opens_no_data_file_and_rows_that_the_log_does_not_tell_are_counted_when_asked_for()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id union all select 2").Parquet("b.parquet", "select 3 as id")
            .Entry(0, Protocol(), Metadata(Columns), Add("a.parquet"), Add("b.parquet", stats: "{\"numRecords\":1}"));
        var store = new WatchedStore(table.Store);
        var found = (await new DeltaTableCatalog(store, TimeProvider.System, NoFailpoints.Instance).FindAsync(table.Id))!;
        var snapshot = await found.GetSnapshotAsync();

        Assert.Null(snapshot.RowCount);
        Assert.Equal(2, snapshot.FileCount);
        Assert.DoesNotContain(store.Opened, k => k.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.Equal(3, await found.CountRowsAsync());
        Assert.Equal(["bronze/hand/a.parquet"], store.Opened.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rows_that_the_log_tells_are_known_without_those_that_are_hidden()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol("deletionVectors"), Metadata(Columns), Add("a.parquet", stats: "{\"numRecords\":10}", vector: "{\"storageType\":\"i\",\"pathOrInlineDv\":\"not read\",\"sizeInBytes\":40,\"cardinality\":3}"));
        var found = await table.TableAsync();

        Assert.Equal(7, (await found.GetSnapshotAsync()).RowCount);
        Assert.Equal(7, await found.CountRowsAsync());
    }

    [Fact]
    public async Task The_time_of_a_version_that_is_not_there_is_an_error_that_names_it()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol(), Metadata(Columns));
        var found = await table.TableAsync();
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await found.GetCommitTimeAsync(3));

        Assert.Contains("no version 3; the newest is 0", error.Message, StringComparison.Ordinal);
    }
}
