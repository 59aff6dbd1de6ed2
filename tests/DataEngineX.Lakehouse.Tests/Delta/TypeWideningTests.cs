using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

public class TypeWideningTests
{
    [Theory]
    [InlineData("(-7)::tinyint", "short", "-7")]
    [InlineData("(-7)::tinyint", "integer", "-7")]
    [InlineData("(-7)::smallint", "long", "-7")]
    [InlineData("(-7)::int", "long", "-7")]
    [InlineData("1.5::float", "double", "1.5")]
    [InlineData("(-7)::smallint", "double", "-7")]
    [InlineData("70000::int", "double", "70000")]
    [InlineData("date '2024-02-29'", "timestamp_ntz", "2024-02-29 00:00:00.000000")]
    [InlineData("date '1969-12-31'", "timestamp_ntz", "1969-12-31 00:00:00.000000")]
    [InlineData("(-12.34)::decimal(4,2)", "decimal(8,4)", "-12.3400")]
    [InlineData("(-12.34)::decimal(12,2)", "decimal(38,4)", "-12.3400")]
    [InlineData("(-12.34)::decimal(30,2)", "decimal(38,4)", "-12.3400")]
    [InlineData("(-7)::int", "decimal(12,2)", "-7.00")]
    [InlineData("(-7)::bigint", "decimal(22,1)", "-7.0")]
    public async Task A_file_of_a_narrower_type_gives_its_values_in_the_wider_one(string value, string type, string expected)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", $"select {value} as v, [{value}] as l union all select null, null")
            .Entry(0, Protocol("typeWidening", "timestampNtz"),
                Metadata([Field("v", type), Field("l", $"{{\"type\":\"array\",\"elementType\":\"{type}\",\"containsNull\":true}}")]), Add("a.parquet"));

        Assert.Equal([$"{expected}|[{expected}]", "null|null"], await table.RowsAsync());
    }

    [Fact]
    public async Task Conditions_on_a_widened_column_still_find_rows_of_older_files()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 5::int as v").Parquet("b.parquet", "select 5000000000::bigint as v")
            .Entry(0, Protocol("typeWidening"), Metadata([Field("v", "long")]), Add("a.parquet"), Add("b.parquet"));

        Assert.Equal(["5"], await table.RowsAsync(new TableScan { Predicate = Col("v") == 5L }));
        Assert.Equal(["5000000000"], await table.RowsAsync(new TableScan { Predicate = Col("v") > 5L }));
    }

    /// <summary>The protocol wants room for ten digits, yet there are tables with less, which loses nothing.</summary>
    [Theory]
    [InlineData("byte", "tinyint", "-128", "decimal(4,1)", "-128.0")]
    [InlineData("short", "smallint", "-32768", "decimal(5,0)", "-32768")]
    [InlineData("long", "bigint", "-9223372036854775808", "decimal(19,0)", "-9223372036854775808")]
    public async Task A_decimal_with_just_room_for_a_whole_number_is_read(string from, string stored, string value, string to, string expected)
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", $"select ({value})::{stored} as v").Entry(0, Protocol("typeWidening"), Metadata(
            [$"{{\"name\":\"v\",\"type\":\"{to}\",\"nullable\":true,\"metadata\":{{\"delta.typeChanges\":[{{\"fromType\":\"{from}\",\"toType\":\"{to}\"}}]}}}}"]), Add("a.parquet"));

        Assert.Equal([expected], await table.RowsAsync());
    }

    [Fact]
    public async Task A_change_that_does_not_only_widen_is_refused_by_name()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol("typeWidening"), Metadata(
            ["{\"name\":\"v\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{\"delta.typeChanges\":[{\"fromType\":\"string\",\"toType\":\"integer\"}]}}"]));
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await (await table.TableAsync()).GetSnapshotAsync());

        Assert.Contains("column 'v' was changed from string to integer", error.Message, StringComparison.Ordinal);
    }
}
