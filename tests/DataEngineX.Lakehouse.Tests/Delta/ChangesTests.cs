using DataEngineX.Lakehouse.Tests.Tables;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class ChangesTests
{
    private const string Older = "{\"storageType\":\"i\",\"pathOrInlineDv\":\"^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L\",\"sizeInBytes\":44,\"cardinality\":6}";

    [Fact]
    public async Task Files_of_changes_are_read_in_place_of_what_was_added_and_removed()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Parquet("b.parquet", "select 9 as id")
            .Parquet("_change_data/c.parquet", "select 1 as id, 'update_preimage' as _change_type union all select 9, 'update_postimage'")
            .Entry(0, Info(1_000), Protocol(), Metadata([Field("id", "integer"), Field("day", "date")], ["day"], "delta.enableChangeDataFeed=true"), Add("a.parquet", "{\"day\":\"2024-02-29\"}"))
            .Entry(1, Info(2_000), Remove("a.parquet"), Add("b.parquet", "{\"day\":\"2024-02-29\"}"),
                "{\"cdc\":{\"path\":\"_change_data/c.parquet\",\"partitionValues\":{\"day\":\"2024-02-29\"},\"size\":1,\"dataChange\":false}}");

        Assert.Equal(
            [
                "1|2024-02-29|insert|0|1970-01-01 00:00:01.000000Z",
                "1|2024-02-29|update_preimage|1|1970-01-01 00:00:02.000000Z",
                "9|2024-02-29|update_postimage|1|1970-01-01 00:00:02.000000Z",
            ],
            await ReadAsync(table, new TableChanges { From = 0 }));
        Assert.Equal(["9|2024-02-29"], await table.RowsAsync());
    }

    [Fact]
    public async Task Without_files_of_changes_removed_rows_are_deleted_and_added_ones_inserted()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Parquet("b.parquet", "select 2 as id").Parquet("c.parquet", "select 2 as id")
            .Entry(0, Info(1_000), Protocol(), Metadata([Field("id", "integer"), Field("part", "string")], ["part"]), Add("a.parquet", "{\"part\":\"x\"}"))
            .Entry(1, Info(2_000), Add("b.parquet", "{\"part\":\"y\"}"), Remove("a.parquet"))
            .Entry(2, Info(3_000), Rearranged(Remove("b.parquet")), Rearranged(Add("c.parquet", "{\"part\":\"y\"}")));

        Assert.Equal(["1|x|delete|1", "2|y|insert|1"], Short(await ReadAsync(table, new TableChanges { From = 1, To = 2 })));
        Assert.Equal(["1|insert|0"], Short(await ReadAsync(table, new TableChanges { From = 0, To = 0, Columns = ["id"] })));
        Assert.Empty(await ReadAsync(table, new TableChanges { From = 2 }));
    }

    [Fact]
    public async Task Of_a_file_whose_deletion_vector_changed_only_the_rows_between_changed()
    {
        using var table = new HandTable();
        var newer = RoaringWriter.Write([3, 5], "array");
        var spec = $"{{\"storageType\":\"i\",\"pathOrInlineDv\":\"{Z85(newer)}\",\"sizeInBytes\":{newer.Length},\"cardinality\":2}}";
        table.Parquet("a.parquet", "select range::int as id from range(40)")
            .Entry(0, Protocol("deletionVectors"), Metadata([Field("id", "integer")]), Add("a.parquet"))
            .Entry(1, Remove("a.parquet"), Add("a.parquet", vector: Older))
            .Entry(2, Remove("a.parquet", Older), Add("a.parquet", vector: spec))
            .Entry(3, Remove("a.parquet", spec));

        Assert.Equal(
            ["3|delete|1", "4|delete|1", "7|delete|1", "11|delete|1", "18|delete|1", "29|delete|1"],
            Short(await ReadAsync(table, new TableChanges { From = 1, To = 1 })));
        Assert.Equal(
            ["5|delete|2", "4|insert|2", "7|insert|2", "11|insert|2", "18|insert|2", "29|insert|2"],
            Short(await ReadAsync(table, new TableChanges { From = 2, To = 2 })));
        Assert.Equal(38, (await ReadAsync(table, new TableChanges { From = 3 })).Count);
    }

    /// <summary>The protocol wants a removal to name the vector that the file had; of one that does not, the version before knows what was left of the file.</summary>
    [Fact]
    public async Task A_removal_that_forgot_the_deletion_vector_removes_the_rows_that_were_there()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select range::int as id from range(30)").Parquet("b.parquet", "select range::int as id from range(30)")
            .Entry(0, Protocol("deletionVectors"), Metadata([Field("id", "integer")]), Add("a.parquet", vector: Older), Add("b.parquet", vector: Older))
            .Entry(1, Remove("a.parquet"))
            .Entry(2, Remove("b.parquet"), Add("b.parquet"));

        Assert.Equal(24, (await ReadAsync(table, new TableChanges { From = 1, To = 1 })).Count(r => r.Contains("|delete|1|", StringComparison.Ordinal)));
        Assert.Equal(
            ["3|insert|2", "4|insert|2", "7|insert|2", "11|insert|2", "18|insert|2", "29|insert|2"],
            Short(await ReadAsync(table, new TableChanges { From = 1 })).Where(r => !r.EndsWith('1')));
    }

    [Theory]
    [InlineData("'removed'", "removed")]
    [InlineData("null", "null")]
    public async Task A_file_of_changes_that_says_what_is_not_known_is_an_error(string kind, string said)
    {
        using var table = new HandTable();
        table.Parquet("_change_data/c.parquet", $"select 1 as id, 'insert' as _change_type union all select 2, {kind}")
            .Entry(0, Protocol(), Metadata([Field("id", "integer")], null, "delta.enableChangeDataFeed=true"),
                "{\"cdc\":{\"path\":\"_change_data/c.parquet\",\"partitionValues\":{},\"size\":1,\"dataChange\":false}}");
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => ReadAsync(table, new TableChanges { From = 0 }));

        Assert.Equal($"Table bronze/hand cannot be read: its change file '_change_data/c.parquet' of version 0 says '{said}' of a row, which is none of insert, delete, update_preimage and update_postimage.", error.Message);
    }

    [Fact]
    public async Task A_version_that_asked_for_more_than_there_is_is_not_read_over_though_the_newest_asks_for_less()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Entry(0, Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet"))
            .Entry(1, Protocol("mystery")).Entry(2, Protocol());
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => ReadAsync(table, new TableChanges { From = 0 }));
        var added = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync(new TableScan { Since = 0 }));

        Assert.Equal("Table bronze/hand cannot be read: version 1 uses the reader feature 'mystery', which is not supported.", error.Message);
        Assert.Equal(error.Message, added.Message);
        Assert.Equal(["1"], await table.RowsAsync());
        Assert.Empty(await ReadAsync(table, new TableChanges { From = 2 }));
    }

    [Fact]
    public async Task Changes_of_our_own_commits_add_up_to_the_rows_of_the_table()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1), (2, "b", 2));
        await lake.UpsertAsync(lake.Record(2), (2, "B", 2), (3, "c", 3));
        await lake.ReplaceAsync(lake.Record(3), (1, "a", 1), (4, "d", 4));
        await lake.UpsertAsync(lake.Record(4), (4, "D", 4));
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var batch in (await lake.TableAsync()).ReadChangesAsync(new TableChanges { From = 0, Allocator = lake.Allocator }))
        {
            using (batch)
            {
                foreach (var cells in Rows.Of(batch).Select(r => r.Split('|')))
                {
                    var row = string.Join('|', cells[..3]);
                    counts[row] = counts.GetValueOrDefault(row) + (cells[3] == "insert" ? 1 : -1);
                }
            }
        }

        Assert.Equal(
            (await lake.RowsAsync()).Order(StringComparer.Ordinal),
            counts.SelectMany(c => Enumerable.Repeat(c.Key, c.Value)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Changes_that_cannot_be_told_are_an_error_that_says_why()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id")
            .Entry(0, Protocol(), Metadata([Field("id", "integer")]), Add("a.parquet")).Entry(1, Info(1), Remove("a.parquet"));
        var later = await Assert.ThrowsAsync<DataEngineXException>(() => ReadAsync(table, new TableChanges { From = 2 }));
        Assert.Contains("no changes from version 2 to 1", later.Message, StringComparison.Ordinal);

        await table.TableAsync();
        File.Delete(table["_delta_log/00000000000000000000.json"]);
        var gone = await Assert.ThrowsAsync<DataEngineXException>(() => ReadAsync(table, new TableChanges { From = 0 }));
        Assert.Contains("the changes of version 0 cannot be told", gone.Message, StringComparison.Ordinal);
    }

    private static async Task<List<string>> ReadAsync(HandTable table, TableChanges changes) => await Rows.Of((await table.TableAsync()).ReadChangesAsync(changes));

    private static IEnumerable<string> Short(IEnumerable<string> rows) => rows.Select(r => r[..r.LastIndexOf('|')]);

    private static string Rearranged(string action) => action.Replace("\"dataChange\":true", "\"dataChange\":false", StringComparison.Ordinal);

    private static string Z85(byte[] bytes)
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
        var padded = new byte[(bytes.Length + 3) / 4 * 4];
        bytes.CopyTo(padded, 0);
        return string.Concat(Enumerable.Range(0, padded.Length / 4).Select(i =>
        {
            var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(i * 4));
            return string.Concat(new uint[] { 52_200_625, 614_125, 7_225, 85, 1 }.Select(p => Digits[(int)(value / p % 85)]));
        }));
    }
}
