using System.Text;
using DataEngineX.Lakehouse.Tables;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Logs as nobody should write them: the right rows, or one error that names the file and what is wrong.</summary>
public class DamagedLogTests
{
    private const string First = "_delta_log/00000000000000000000.json";
    private const string Second = "_delta_log/00000000000000000001.json";

    private static readonly string[] Columns = [Field("id", "integer")];

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("{}\n{\"add\":null}\n{\"actionOfTomorrow\":{\"x\":[1,{\"y\":null}]}}\n")]
    [InlineData("\ufeff{\"txn\":{\"appId\":\"a\",\"version\":1,\"fieldOfTomorrow\":[]}}\r\n")]
    [InlineData("{\"remove\":{\"path\":\"nothing.parquet\",\"dataChange\":true}}")]
    [InlineData("{\"add\":{\"path\":\"a.parquet\",\"size\":1,\"modificationTime\":1,\"dataChange\":true}}\n{\"add\":{\"path\":\"a.parquet\",\"size\":1,\"modificationTime\":1,\"dataChange\":true}}")]
    [InlineData("{\"add\":{\"path\":\"a.parquet\",\"partitionValues\":null,\"size\":1,\"modificationTime\":4611686018427387904,\"dataChange\":true,\"stats\":\"{broken\"}}")]
    [InlineData("{\"add\":{\"path\":\"a.parquet\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":\\\"x\\\",\\\"minValues\\\":[1],\\\"maxValues\\\":7}\"}}")]
    public async Task What_can_be_understood_gives_the_rows(string entry)
    {
        using var table = Table();
        await File.WriteAllTextAsync(table[Second], entry, new UTF8Encoding(false));

        Assert.Equal(["1"], await table.RowsAsync());
        Assert.Equal(["1"], await Rows.Of((await table.TableAsync()).ScanAsync(new TableScan { Version = 1 })));
        if (!entry.Contains("nothing.parquet", StringComparison.Ordinal))
            Assert.NotEmpty(await Rows.Of((await table.TableAsync()).ReadChangesAsync(new TableChanges { From = 0 })));
        Assert.Equal(2, await (await table.TableAsync()).GetHistoryAsync().CountAsync());
    }

    [Theory]
    [InlineData("{\"add\":{\"partitionValues\":{},\"size\":1}}", "the add action names no path")]
    [InlineData("{\"add\":{\"path\":null,\"partitionValues\":{},\"size\":1}}", "the add action names no path")]
    [InlineData("{\"remove\":{\"path\":\"\"}}", "the remove action names no path")]
    [InlineData("{\"cdc\":{\"size\":1}}", "the cdc action names no path")]
    [InlineData("{\"add\":{\"path\":\"b.parquet\",\"partition", "reached end of data")]
    [InlineData("{\"add\":{\"path\":\"b.parquet\",\"size\":\"1\"}}", "$.add.size")]
    [InlineData("{\"protocol\":{\"minReaderVersion\":null}}", "$.protocol.minReaderVersion")]
    [InlineData("{\"txn\":{}}{\"txn\":{}}", "invalid after a single JSON value")]
    [InlineData("[1]", "could not be converted")]
    [InlineData("\0\0\0", "invalid start of a value")]
    public async Task An_entry_that_cannot_be_understood_is_an_error_that_names_file_and_line(string line, string reason)
    {
        using var table = Table();
        await File.WriteAllTextAsync(table[Second], Info(1) + "\n" + line);
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Contains($"bronze/hand/{Second}, line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_columns_of_one_name_are_an_error()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol(), Metadata([Field("id", "integer"), Field("s", "{\"type\":\"struct\",\"fields\":[" + Field("a", "long") + "," + Field("a", "long") + "]}")]));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Contains("it has two columns 's.a'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ID", 2, "p2", "columns 'id' and 'ID' differ only by case")]
    [InlineData("x", 1, "p2", "columns 'id' and 'x' have the number 1 both")]
    [InlineData("x", 2, "p1", "columns 'id' and 'x' have the physical name 'p1' both")]
    public async Task Two_columns_that_cannot_be_told_apart_are_an_error(string name, int id, string physical, string reason)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as p1, 2 as p2").Entry(
            0, Protocol("columnMapping"), Metadata([Field("id", "integer", 1), Field(name, "integer", id, physical)], null, "delta.columnMapping.mode=name"), Add("a.parquet"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Contains($"Table bronze/hand has a damaged schema in its log: its {reason}.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("nope")]
    public async Task Partitions_by_what_is_no_column_are_an_error(string column)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id").Entry(0, Protocol(), Metadata([Field("id", "integer"), Field("p", "string")], [column]), Add("a.parquet", $"{{\"{column}\":\"x\"}}"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Equal($"Table bronze/hand has a damaged log: it is partitioned by '{column}', which is none of its columns (id, p).", error.Message);
    }

    [Fact]
    public async Task A_checkpoint_that_lacks_parts_is_named_with_them()
    {
        using var table = new HandTable();
        foreach (var part in (int[])[1, 3])
            table.Parquet($"_delta_log/00000000000000000003.checkpoint.{part:D10}.0000000004.parquet", "select 1 as x");
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.Entry(4, Info(1)).RowsAsync());

        Assert.Contains("that of version 3 lacks parts 2, 4 of 4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5::double", "long", "is stored as Double (None) and cannot be read as int64")]
    [InlineData("5::bigint", "timestamp_ntz", "is stored as Int64 (Integer) and cannot be read as timestamp[us]")]
    [InlineData("5::int", "date", "is stored as Int32 (Integer) and cannot be read as date32")]
    [InlineData("timestamp '2024-01-01 00:00:00'", "long", "is stored as Int64 (Timestamp) and cannot be read as int64")]
    [InlineData("date '2024-01-01'", "integer", "is stored as Int32 (Date) and cannot be read as int32")]
    [InlineData("1.5::decimal(10, 2)", "long", "is stored as Int64 (Decimal) and cannot be read as int64")]
    [InlineData("1.5::decimal(30, 2)", "string", "is stored as FixedLenByteArray (Decimal) and cannot be read as utf8")]
    [InlineData("300::int", "byte", "its value 300 does not fit in SByte")]
    [InlineData("3000000000::uinteger", "integer", "its value 3000000000 does not fit in Int32")]
    public async Task A_file_whose_values_are_not_those_of_the_table_is_an_error_that_names_it(string value, string type, string reason)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", $"select {value} as v").Entry(0, Protocol("timestampNtz"), Metadata([Field("v", type)]), Add("a.parquet"));
        var error = await Assert.ThrowsAnyAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.StartsWith("Column 'v' of ", error.Message, StringComparison.Ordinal);
        Assert.Contains("bronze/hand/a.parquet", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[]}\"")]
    public async Task A_table_without_columns_has_rows_all_the_same(string schema)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select range as id from range(3)")
            .Entry(0, Protocol(), $"{{\"metaData\":{{\"id\":\"x\",\"format\":null,\"schemaString\":{schema},\"partitionColumns\":null,\"configuration\":null}}}}", Add("a.parquet"));
        var found = await table.TableAsync();

        Assert.Empty((await found.DescribeAsync()).Schema.FieldsList);
        Assert.Equal(3, await found.CountRowsAsync());
        Assert.Equal(3, (await table.RowsAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_an_error_that_names_table_version_and_file()
    {
        using var table = Table();
        table.Entry(1, Add("gone/b%20c.parquet"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Contains("Table bronze/hand cannot be read: the data file 'gone/b c.parquet' of version 1 is missing", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], await Rows.Of((await table.TableAsync()).ScanAsync(new TableScan { Version = 0 })));
        Assert.Contains("version 1 is missing", (await Assert.ThrowsAsync<DataEngineXException>(
            () => Rows.Of(table.TableAsync().Result.ReadChangesAsync(new TableChanges { From = 1 })))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_told_without_a_look_at_data_files()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol(), Metadata([Field("id", "integer"), Field("p", "string")], ["p"]), Add("gone.parquet"));
        var described = await (await new DeltaFolderCatalog().OpenAsync(table["."])).DescribeAsync();

        Assert.Equal((0, 2, "p"), (described.Version, described.Schema.FieldsList.Count, Assert.Single(described.PartitionColumns)));
    }

    [Theory]
    [InlineData("ü ñ.parquet")]
    [InlineData("a%20b.parquet")]
    [InlineData("a b.parquet")]
    [InlineData("a:b.parquet")]
    [InlineData("日本/x y%.parquet")]
    [InlineData("p#q?r.parquet")]
    [InlineData("a+b&c=d;e.parquet")]
    [InlineData("q'uote.parquet")]
    public async Task A_file_of_any_name_is_found(string name)
    {
        using var table = new HandTable();
        table.Parquet("plain.parquet", "select 1 as id");
        Directory.CreateDirectory(Path.GetDirectoryName(table[name])!);
        File.Move(table["plain.parquet"], table[name]);
        table.Entry(0, Protocol(), Metadata(Columns), Add(Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)));

        Assert.Equal(["1"], await table.RowsAsync());
    }

    [Fact]
    public async Task Versions_beyond_the_range_of_int_are_read()
    {
        const long Version = (1L << 31) + 7;
        using var table = Table();
        var log = await File.ReadAllTextAsync(table[First]);
        OutsideReader.Run($"copy (select {{'minReaderVersion': 1, 'minWriterVersion': 2}} as protocol, null::struct(path varchar) as add, null::struct(id varchar, \"schemaString\" varchar, \"partitionColumns\" varchar[]) as \"metaData\""
            + " union all select null, {'path': 'a.parquet'}, null"
            + " union all select null, null, {'id': 'x', 'schemaString': '{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{}}]}', 'partitionColumns': []::varchar[]})"
            + $" to '{table[$"_delta_log/{Version:D20}.checkpoint.parquet"]}' (format parquet)");
        File.Delete(table[First]);
        table.Entry(Version, Info(1)).Entry(Version + 1, Info(2), Add("a.parquet"));

        Assert.Contains("metaData", log, StringComparison.Ordinal);
        Assert.Equal(["1"], await table.RowsAsync());
        Assert.Equal([Version + 1, Version], await (await table.TableAsync()).GetHistoryAsync().Select(c => c.Version).ToListAsync());
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"version\":-3}")]
    [InlineData("{\"version\":99999999999999999999999}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":1,\"parts\":7}")]
    public async Task A_hint_that_lies_is_passed_over(string hint)
    {
        using var table = Table();
        table.Entry(1, Info(2));
        await File.WriteAllTextAsync(table["_delta_log/_last_checkpoint"], hint);

        Assert.Equal(["1"], await table.RowsAsync());
    }

    private static HandTable Table() =>
        new HandTable().Parquet("a.parquet", "select 1 as id").Entry(0, Info(1), Protocol(), Metadata(Columns), Add("a.parquet"));
}
