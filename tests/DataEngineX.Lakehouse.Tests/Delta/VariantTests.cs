using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Columns whose values have a type each.</summary>
public class VariantTests
{
    private const string Value = "{'value': '\\x0C\\x07'::blob, 'metadata': '\\x01\\x00\\x00'::blob}";
    private const string Read = "(010000, 0C07)";

    [Fact]
    public async Task Variants_are_read_as_names_and_value()
    {
        using var table = new HandTable();
        var list = """{"type":"array","elementType":"variant","containsNull":true}""";
        table.Parquet("a.parquet", $"select 1 as id, {Value} as v, [{Value}, null] as l union all select 2, null, []")
            .Entry(0, Protocol("variantType"), Metadata([Field("id", "integer"), Field("v", "variant"), Field("l", list)]), Add("a.parquet"));

        Assert.Equal([$"1|{Read}|[{Read}, null]", "2|null|[]"], (await table.RowsAsync()).Order(StringComparer.Ordinal));
        var type = Assert.IsType<StructType>((await (await table.TableAsync()).DescribeAsync()).Schema.GetFieldByName("v").DataType);
        Assert.Equal("struct<metadata: binary, value: binary>", ArrowTypes.NameOf(type));
    }

    [Fact]
    public async Task Variants_of_mapped_columns_are_found_and_those_that_a_file_lacks_are_null()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", $"select 1 as p1, {Value} as p2").Parquet("b.parquet", "select 2 as p1")
            .Entry(0, Protocol("variantType-preview", "columnMapping"),
                Metadata([Field("id", "integer", 1), Field("v", "variant", 2)], null, "delta.columnMapping.mode=name"), Add("a.parquet"), Add("b.parquet"));

        Assert.Equal([$"1|{Read}", "2|null"], await table.RowsAsync());
        Assert.Equal(["2"], await table.RowsAsync(new TableScan { Columns = ["id"], Predicate = Col("id") > 1 }));
    }

    [Fact]
    public async Task Variants_in_parts_are_refused_by_name_and_the_columns_beside_them_are_read()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as id, {'metadata': '\\x01\\x00\\x00'::blob, 'value': null::blob, 'typed_value': 7} as v")
            .Entry(0, Protocol("variantType", "variantShredding"), Metadata([Field("id", "integer"), Field("v", "variant")]), Add("a.parquet"));

        Assert.Equal(["1"], await table.RowsAsync(new TableScan { Columns = ["id"] }));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());
        Assert.Contains("Column 'v' of bronze/hand/a.parquet is a variant with parts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_with_variants_is_only_read()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol("variantType"), Metadata([Field("id", "integer"), Field("v", "variant")]));
        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await (await table.TableAsync()).ApplyAsync(new DeleteRows(Col("id") == 1)));

        Assert.Contains("variantType", error.Message, StringComparison.Ordinal);
    }
}
