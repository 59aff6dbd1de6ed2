using Apache.Arrow;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class ColumnMappingTests
{
    private const string ByName = "delta.columnMapping.mode=name";
    private const string ById = "delta.columnMapping.mode=id";

    [Fact]
    public async Task Columns_that_swapped_their_names_keep_their_values_also_in_conditions()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as x, 100 as y union all select 2, 200")
            .Entry(0, Protocol("columnMapping"), Metadata([Field("y", "integer", 1, "x"), Field("x", "integer", 2, "y")], null, ByName),
                Add("a.parquet", stats: "{\"numRecords\":2,\"minValues\":{\"x\":1,\"y\":100},\"maxValues\":{\"x\":2,\"y\":200}}"));

        Assert.Equal(["1|100", "2|200"], await table.RowsAsync());
        Assert.Equal(["100", "200"], await table.RowsAsync(new TableScan { Columns = ["x"], Predicate = Col("x") > 99 }));
        Assert.Empty(await table.RowsAsync(new TableScan { Predicate = Col("y") > 99 }));
    }

    [Fact]
    public async Task Conditions_skip_row_groups_under_the_names_of_the_file_without_statistics_in_the_log()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as x, 100 as y union all select 2, 200")
            .Entry(0, Protocol("columnMapping"), Metadata([Field("y", "integer", 1, "x"), Field("x", "integer", 2, "y"), Field("z", "integer", 3)], null, ByName), Add("a.parquet"));

        Assert.Equal(["1|100|null", "2|200|null"], await table.RowsAsync(new TableScan { Predicate = Col("x") > 99 }));
        Assert.Empty(await table.RowsAsync(new TableScan { Columns = ["z"], Predicate = Col("y") > 99 }));
        Assert.Equal(2, (await table.RowsAsync(new TableScan { Columns = ["y"], Predicate = Col("z").IsNull() })).Count);
    }

    [Fact]
    public async Task Columns_are_found_by_number_whatever_the_file_calls_them()
    {
        const string Nested = "{\"type\":\"struct\",\"fields\":["
            + "{\"name\":\"right\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{\"delta.columnMapping.id\":12,\"delta.columnMapping.physicalName\":\"r\"}},"
            + "{\"name\":\"new\",\"type\":\"string\",\"nullable\":true,\"metadata\":{\"delta.columnMapping.id\":19,\"delta.columnMapping.physicalName\":\"n\"}},"
            + "{\"name\":\"left\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{\"delta.columnMapping.id\":11,\"delta.columnMapping.physicalName\":\"l\"}}]}";
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id, {'a': 5, 'b': 6} as pair, 'x' as gone union all select 2, null, 'y'",
                ", field_ids {id: 3, pair: {__duckdb_field_id: 10, a: 11, b: 12}, gone: 4}")
            .Entry(0, Protocol("columnMapping"), Metadata([Field("pair", Nested, 10), Field("key", "long", 3), Field("gone", "string", 5)], null, ById), Add("a.parquet"));

        Assert.Equal(["(6, null, 5)|1|null", "null|2|null"], await table.RowsAsync());
    }

    [Fact]
    public async Task A_file_that_numbers_no_column_is_refused_when_columns_are_told_by_number()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id")
            .Entry(0, Protocol("columnMapping"), Metadata([Field("id", "integer", 1)], null, ById), Add("a.parquet"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Contains("a.parquet does not number its columns", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partition_values_are_known_by_physical_names()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as p1").Parquet("b.parquet", "select 2 as p1")
            .Entry(0, Protocol("columnMapping"), Metadata([Field("id", "integer", 1), Field("day", "date", 2)], ["day"], ByName),
                Add("a.parquet", "{\"p2\":\"2024-02-29\"}"), Add("b.parquet", "{\"p2\":null}"));

        Assert.Equal(["1|2024-02-29", "2|null"], await table.RowsAsync());
        Assert.Equal(["1"], await table.RowsAsync(new TableScan { Columns = ["id"], Predicate = Col("day") == Lit(new DateOnly(2024, 2, 29)) }));
    }

    [Fact]
    public async Task The_setting_means_nothing_without_the_feature()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id")
            .Entry(0, Protocol(), Metadata([Field("id", "integer", 1)], null, ByName), Add("a.parquet"));

        Assert.Equal(["1"], await table.RowsAsync());
    }

    /// <summary>There are tables that were raised to reader version 3 and list the feature for writers only.</summary>
    [Theory]
    [InlineData("\"readerFeatures\":[],\"writerFeatures\":[\"columnMapping\"]", "7")]
    [InlineData("\"readerFeatures\":[\"columnMapping\"],\"writerFeatures\":[\"columnMapping\"]", "7")]
    [InlineData("\"readerFeatures\":[],\"writerFeatures\":[]", "null")]
    public async Task Columns_are_mapped_where_the_feature_is_listed_for_readers_or_writers(string features, string value)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 7 as p1")
            .Entry(0, $"{{\"protocol\":{{\"minReaderVersion\":3,\"minWriterVersion\":7,{features}}}}}", Metadata([Field("id", "integer", 1)], null, ByName), Add("a.parquet"));

        Assert.Equal([value], await table.RowsAsync());
    }

    /// <summary>Some writers listed the feature for readers only: the files are mapped all the same, also those that are written.</summary>
    [Theory]
    [InlineData(WriteDisposition.Upsert)]
    [InlineData(WriteDisposition.InsertOnly)]
    [InlineData(WriteDisposition.ReplacePartition)]
    public async Task Rows_of_a_table_that_is_mapped_for_readers_are_changed(WriteDisposition disposition)
    {
        using var table = new HandTable();
        table.Entry(0, "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"columnMapping\"],\"writerFeatures\":[\"domainMetadata\"]}}",
                Metadata([Field("id", "integer", 1), Field("v", "integer", 2)], null, ByName), Add("a.parquet", stats: "{\"numRecords\":2}"))
            .Parquet("a.parquet", "select 1 as p1, 10 as p2 union all select 2, 20");
        var schema = (await (await table.TableAsync()).GetSnapshotAsync()).Schema;
        var record = new Tables.Lake().Record(1) with { Target = table.Id };
        var request = new TableWriteRequest { Table = table.Id, Schema = schema, Disposition = disposition, Key = ["id"], Record = record };
        await using var writer = await table.Catalog.OpenWriterAsync(request);
        await writer.TakeAsync(new RecordBatch(schema, [new Int32Array.Builder().Append(2).Append(3).Build(), new Int32Array.Builder().Append(21).Append(30).Build()], 2), CancellationToken.None);
        await writer.CommitAsync(record, CancellationToken.None);

        var second = disposition == WriteDisposition.InsertOnly ? "2|20" : "2|21";
        Assert.Equal(["1|10", second, "3|30"], (await table.RowsAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(["1|10", second, "3|30"], OutsideReader.Query(table[""], "select id::varchar, v::varchar from TABLE order by 1"));
    }

    [Fact]
    public async Task Parts_of_nested_columns_that_a_file_lacks_are_null_and_others_stay_in_place()
    {
        const string Items = "{\"type\":\"array\",\"elementType\":{\"type\":\"struct\",\"fields\":["
            + "{\"name\":\"b\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}},{\"name\":\"m\",\"type\":{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"integer\",\"valueContainsNull\":true},\"nullable\":true,\"metadata\":{}},"
            + "{\"name\":\"a\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]},\"containsNull\":true}";
        const string Map = "{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"long\",\"valueContainsNull\":true}";
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id, [{'a': 'x', 'b': 7::int}, null, {'a': null, 'b': 8}] as items, map {'k': 3::int, 'l': null} as m union all select 2, [], null union all select 3, null, map {}")
            .Entry(0, Protocol(), Metadata([Field("items", Items), Field("m", Map), Field("other", Map), Field("id", "integer"), Field("none", "void")]), Add("a.parquet"));

        Assert.Equal(
            ["[(7, null, x), null, (8, null, null)]|{k: 3, l: null}|null|1|null", "[]|null|null|2|null", "null|{}|null|3|null"],
            (await table.RowsAsync()).OrderBy(r => r.Split('|')[3], StringComparer.Ordinal));
    }
}
