using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Tests.Tables;

public class TableWriteTests
{
    [Fact]
    public async Task Appended_rows_are_read_back_in_order_with_snapshot_and_history()
    {
        using var lake = new Lake();
        Assert.Null(await lake.Catalog.FindAsync(lake.Id));

        var first = await lake.AppendAsync(lake.Record(1), (1, "a", 1.5), (2, null, null));
        var second = await lake.AppendAsync(lake.Record(2), (1, "b", 2));

        Assert.Equal("0", first.Version);
        Assert.Equal(2, first.Inserted);
        Assert.Equal("1", second.Version);
        Assert.Equal(["1|a|1.5", "2|null|null", "1|b|2"], await lake.RowsAsync());
        var snapshot = await lake.SnapshotAsync();
        Assert.Equal((1, 3, 2), (snapshot.Version, snapshot.RowCount, snapshot.FileCount));
        Assert.Equal(["id:False", "name:True", "amount:True"], snapshot.Schema.FieldsList.Select(f => $"{f.Name}:{f.IsNullable}"));
        var record = snapshot.Records["p"];
        Assert.Equal(lake.Record(2) with { Verdicts = record.Verdicts }, record);
        var history = await (await lake.TableAsync()).GetHistoryAsync().ToListAsync();
        Assert.Equal(["1 append run2p 1+ 0-", "0 append run1p 2+ 0-"],
            history.Select(h => $"{h.Version} {h.Operation} {h.RunId} {h.RowsAdded}+ {h.RowsRemoved}-"));
    }

    [Fact]
    public async Task An_older_version_stays_readable_and_a_later_one_is_an_error()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.ReplaceAsync(lake.Record(2), (2, "b", 2));

        Assert.Equal(["1|a|1"], await lake.RowsAsync(new TableScan { Version = 0 }));
        Assert.Equal(["2|b|2"], await lake.RowsAsync());
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.RowsAsync(new TableScan { Version = 7 }));
        Assert.Contains("silver/readings has no version 7; the newest is 1", error.Message, StringComparison.Ordinal);
        using var reopened = lake.Reopened();
        Assert.Equal(["1|a|1"], await reopened.RowsAsync(new TableScan { Version = 0 }));
    }

    [Fact]
    public async Task A_commit_without_rows_moves_the_cursor()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        var result = await lake.WriteAsync(lake.Request(lake.Record(2)));

        Assert.Equal(("1", 0, false), (result.Version, result.Inserted, result.AlreadyDone));
        Assert.Equal("2", (await lake.SnapshotAsync()).Records["p"].Cursor.Positions["bronze/source"]);
        Assert.Equal(1, (await lake.SnapshotAsync()).FileCount);
    }

    [Fact]
    public async Task The_first_commit_may_have_no_rows()
    {
        using var lake = new Lake();
        await lake.WriteAsync(lake.Request(lake.Record(1)));

        Assert.Empty(await lake.RowsAsync());
        Assert.Equal(3, (await lake.SnapshotAsync()).Schema.FieldsList.Count);
    }

    [Fact]
    public async Task Columns_may_come_in_another_order_and_a_nullable_one_may_be_missing()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        var schema = new Schema([Lake.Schema.FieldsList[2], Lake.Schema.FieldsList[0]], null);
        var batch = new RecordBatch(
            schema, [new DoubleArray.Builder().Append(7).Build(lake.Allocator), new Int64Array.Builder().Append(5).Build(lake.Allocator)], 1);
        await lake.WriteAsync(lake.Request(lake.Record(2), schema: schema), batch);

        Assert.Equal(["1|a|1", "5|null|7"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Other_columns_are_refused_with_all_differences()
    {
        using var lake = new Lake();
        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        var schema = new Schema([new Field("name", Int64Type.Default, true), new Field("extra", BooleanType.Default, true)], null);
        var error = await Assert.ThrowsAsync<PlanException>(() => lake.WriteAsync(lake.Request(lake.Record(2), schema: schema)));

        Assert.Contains("- id int64 not null: missing in the write", error.Message, StringComparison.Ordinal);
        Assert.Contains("~ name: utf8 in the table, int64 in the write", error.Message, StringComparison.Ordinal);
        Assert.Contains("+ extra bool: not in the table", error.Message, StringComparison.Ordinal);
        Assert.Equal("id", error.Column);
    }

    [Fact]
    public async Task A_null_in_a_column_that_forbids_it_is_an_error_naming_the_column()
    {
        using var lake = new Lake();
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.AppendAsync(lake.Record(1), (1, "a", 1), (null, "b", 2)));

        Assert.Contains("column 'id' may not be null", error.Message, StringComparison.Ordinal);
        Assert.Empty(await lake.KeysAsync());
    }

    [Fact]
    public async Task A_column_type_without_a_place_in_tables_is_refused_by_name()
    {
        using var lake = new Lake();
        var schema = new Schema([new Field("count", UInt64Type.Default, true)], null);
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => lake.WriteAsync(lake.Request(lake.Record(1), schema: schema)));

        Assert.Contains("'count' of type uint64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dictionary_column_is_kept_as_its_values()
    {
        using var lake = new Lake();
        var type = new DictionaryType(Int32Type.Default, StringType.Default, false);
        var schema = new Schema([new Field("city", type, true)], null);
        using var codes = new Int32Array.Builder().Append(1).Append(0).AppendNull().Build();
        using var cities = new StringArray.Builder().Append("Oslo").Append("Rome").Build();
        using var column = new DictionaryArray(type, codes, cities);
        await lake.WriteAsync(lake.Request(lake.Record(1), schema: schema), new RecordBatch(schema, [ArrowArrayFactory.BuildArray(column.Data.Retain())], 3));

        Assert.Equal(["Rome", "Oslo", "null"], await lake.RowsAsync());
    }

    [Fact]
    public async Task A_table_id_outside_the_lakehouse_is_refused()
    {
        using var lake = new Lake();
        await Assert.ThrowsAsync<ArgumentException>(async () => await lake.Catalog.FindAsync(new DatasetId("file", "x")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await lake.Catalog.FindAsync(new DatasetId("silver", "../x")));
    }

    [Fact]
    public async Task Tables_are_listed_in_order_of_their_ids_without_those_that_have_no_version()
    {
        using var lake = new Lake();
        foreach (var name in new[] { "b", "a-b", "a" })
        {
            using var other = new Lake(lake.Store) { Id = DatasetId.Table(Layer.Gold, name) };
            await other.AppendAsync(other.Record(1), (1, "a", 1));
        }

        await lake.AppendAsync(lake.Record(1), (1, "a", 1));
        await lake.Store.PutAsync("gold/none/part-1.parquet", new byte[] { 1 });
        await lake.Store.PutAsync("metadata/dex.db", new byte[] { 1 });

        Assert.Equal(["gold/a", "gold/a-b", "gold/b", "silver/readings"], (await lake.Catalog.ListAsync().ToListAsync()).Select(i => i.ToString()));
    }
}
