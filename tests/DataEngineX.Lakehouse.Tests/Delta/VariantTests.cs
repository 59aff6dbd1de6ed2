using Apache.Arrow;
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
    public async Task Variants_in_parts_are_put_together()
    {
        var rows = await PartsAsync(
            [],
            "{'metadata': NAMES, 'value': null::blob, 'typed_value': 7}",
            "{'metadata': NAMES, 'value': '\\x05x'::blob, 'typed_value': null}",
            "{'metadata': NAMES, 'value': null, 'typed_value': null}",
            "null");

        Assert.Equal(["7", "\"x\"", "null", null], rows);
    }

    [Fact]
    public async Task Objects_in_parts_have_the_fields_of_both_sides_in_the_order_of_their_names()
    {
        // {a:int, o:{n:text}, l:[int]} lie in columns; what has another type, and z and B, stand beside them.
        const string Type = "struct(\"value\" blob, typed_value struct(o struct(\"value\" blob, typed_value struct(n struct(\"value\" blob, typed_value varchar))), "
            + "a struct(\"value\" blob, typed_value integer), l struct(\"value\" blob, typed_value struct(\"value\" blob, typed_value integer)[])))";
        var rows = await PartsAsync(
            ["a", "B", "l", "n", "o", "z"],
            $"{{'metadata': NAMES, 'value': null::blob, 'typed_value': {{'o': {{'value': null, 'typed_value': {{'n': {{'value': null, 'typed_value': 'text'}}}}}}, "
                + "'a': {'value': null, 'typed_value': 5}, 'l': {'value': null, 'typed_value': [{'value': null, 'typed_value': 1}, {'value': '\\x04'::blob, 'typed_value': null}, {'value': null, 'typed_value': null}]}}}"
                + $"::struct(metadata blob, {Type[7..]}",
            // {B:true, z:null} beside a field of another type and two that are not there.
            "{'metadata': NAMES, 'value': '\\x02\\x02\\x01\\x05\\x00\\x01\\x02\\x04\\x00'::blob, 'typed_value': {'o': {'value': null, 'typed_value': null}, "
                + $"'a': {{'value': '\\x05q'::blob, 'typed_value': null}}, 'l': {{'value': null, 'typed_value': null}}}}}}::struct(metadata blob, {Type[7..]}",
            $"{{'metadata': NAMES, 'value': '\\x0C\\x09'::blob, 'typed_value': null}}::struct(metadata blob, {Type[7..]}");

        Assert.Equal(["{a:5,l:[1,true,null],o:{n:\"text\"}}", "{B:true,a:\"q\",z:null}", "9i8"], rows);
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("(-8)::tinyint", "-8i8")]
    [InlineData("(-800)::smallint", "-800i16")]
    [InlineData("(-8)::bigint", "-8i64")]
    [InlineData("1.5::float", "1.5f")]
    [InlineData("(-1.5)::double", "-1.5d")]
    [InlineData("(-1.25)::decimal(9,2)", "-125e-2")]
    [InlineData("1.25::decimal(18,4)", "12500e-4")]
    [InlineData("(-1.25)::decimal(38,2)", "-125e-2")]
    [InlineData("date '1969-12-31'", "day -1")]
    [InlineData("timestamptz '1970-01-01 00:00:01+00'", "instant 1000000")]
    [InlineData("timestamp '1970-01-01 00:00:01'", "local 1000000")]
    [InlineData("time '00:00:01'", "time 1000000")]
    [InlineData("'\\x01\\xFF'::blob", "x01FF")]
    [InlineData("repeat('ü', 32)", "\"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü\"")]
    [InlineData("['a', 'b']", null)]
    public async Task Every_type_that_a_part_may_have_becomes_that_of_variants(string value, string? expected)
    {
        var rows = PartsAsync([], $"{{'metadata': NAMES, 'value': null::blob, 'typed_value': {value}}}");
        if (expected is not null)
        {
            Assert.Equal([expected], await rows);
            return;
        }

        var error = await Assert.ThrowsAsync<MalformedDataException>(() => rows);
        Assert.Contains("Column 'v' of row group 0 of bronze/hand/a.parquet cannot be read: a part of a variant is not stored as", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Many fields and long values need wider numbers in the head of an object.</summary>
    [Theory]
    [InlineData(300, 1)]
    [InlineData(3, 30_000)]
    [InlineData(260, 400)]
    public async Task Large_objects_are_put_together(int fields, int length)
    {
        var names = Enumerable.Range(0, fields).Select(i => $"f{i:D4}").ToArray();
        var parts = names.Select(n => $"'{n}': {{'value': null::blob, 'typed_value': repeat('{n[^1]}', {length})}}");
        var rows = await PartsAsync([.. names.Reverse()], $"{{'metadata': NAMES, 'value': null::blob, 'typed_value': {{{string.Join(',', parts)}}}}}");

        Assert.Equal($"{{{string.Join(',', names.Select(n => $"{n}:\"{new string(n[^1], length)}\""))}}}", Assert.Single(rows));
    }

    [Fact]
    public async Task Variants_in_parts_inside_lists_and_structs_are_put_together()
    {
        using var table = new HandTable();
        var part = "{'metadata': '\\x01\\x00\\x00'::blob, 'value': null::blob, 'typed_value': 7}";
        table.Parquet("a.parquet", $"select [{part}, null] as l, {{'v': {part}, 'n': 1}} as s, map(['k'], [{part}]) as m").Entry(0, Protocol("variantType", "variantShredding"), Metadata(
        [
            Field("l", """{"type":"array","elementType":"variant","containsNull":true}"""), Field("s", $"{{\"type\":\"struct\",\"fields\":[{Field("v", "variant")},{Field("n", "integer")}]}}"),
            Field("m", """{"type":"map","keyType":"string","valueType":"variant","valueContainsNull":true}"""),
        ]), Add("a.parquet"));

        Assert.Equal(["[(010000, 1407000000), null]|((010000, 1407000000), 1)|{k: (010000, 1407000000)}"], await table.RowsAsync());
    }

    [Theory]
    [InlineData("{'metadata': '\\x01\\x00\\x00'::blob, 'value': null::blob, 'typed_value': {'a': {'value': null::blob, 'typed_value': 1}}}", "the names of a variant lack that of its part 'a'")]
    [InlineData("{'metadata': '\\x02\\x00\\x00'::blob, 'value': null::blob, 'typed_value': 1}", "are not of version 1")]
    [InlineData("{'metadata': '\\x01\\x05\\x00'::blob, 'value': null::blob, 'typed_value': 1}", "ends too early")]
    [InlineData("{'metadata': '\\x01\\x01\\x00\\x01a'::blob, 'value': '\\x04'::blob, 'typed_value': {'a': {'value': null::blob, 'typed_value': 1}}}", "what is no object")]
    [InlineData("{'metadata': '\\x01\\x01\\x00\\x01a'::blob, 'value': '\\x02\\xFF'::blob, 'typed_value': {'a': {'value': null::blob, 'typed_value': 1}}}", "ends too early")]
    public async Task A_damaged_variant_is_an_error_that_names_column_and_file(string value, string reason)
    {
        var error = await Assert.ThrowsAsync<MalformedDataException>(() => PartsAsync([], value));

        Assert.Contains("Column 'v' of row group 0 of bronze/hand/a.parquet", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The variants of a file that has these, as text.</summary>
    private static async Task<List<string?>> PartsAsync(string[] names, params string[] values)
    {
        using var table = new HandTable();
        var metadata = string.Concat(VariantText.Metadata(names).Select(b => $"\\x{b:X2}"));
        var select = string.Join(" union all ", values.Select((v, i) => $"select {i} as id, {v.Replace("NAMES", $"'{metadata}'::blob", StringComparison.Ordinal)} as v"));
        table.Parquet("a.parquet", $"select * from ({select}) order by id")
            .Entry(0, Protocol("variantType", "variantShredding-preview"), Metadata([Field("id", "integer"), Field("v", "variant")]), Add("a.parquet"));
        var texts = new List<string?>();
        await foreach (var batch in (await table.TableAsync()).ScanAsync(new TableScan { Columns = ["v"] }))
        {
            using (batch)
            {
                var variants = (StructArray)batch.Column(0);
                for (var row = 0; row < batch.Length; row++)
                    texts.Add(variants.IsNull(row) ? null : VariantText.Of(((BinaryArray)variants.Fields[0]).GetBytes(row), ((BinaryArray)variants.Fields[1]).GetBytes(row)));
            }
        }

        return texts;
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
