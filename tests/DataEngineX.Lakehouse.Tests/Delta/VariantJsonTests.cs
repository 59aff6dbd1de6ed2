using System.Text;
using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Json;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Variants told as the JSON that they stand for. The bytes are put together by the letter of their specification.</summary>
public class VariantJsonTests
{
    private const string NoNames = "010000";
    private const string Names = "0102000102" + "6162";

    [Theory]
    [InlineData(NoNames, "00", "null")]
    [InlineData(NoNames, "04", "true")]
    [InlineData(NoNames, "08", "false")]
    [InlineData(NoNames, "0CF9", "-7")]
    [InlineData(NoNames, "1039F0", "-4039")]
    [InlineData(NoNames, "1439300000", "12345")]
    [InlineData(NoNames, "18FFFFFFFFFFFFFF7F", "9223372036854775807")]
    [InlineData(NoNames, "1C000000000000F03F", "1")]
    [InlineData(NoNames, "1C000000000000F8FF", "\"NaN\"")]
    [InlineData(NoNames, "380000C03F", "1.5")]
    [InlineData(NoNames, "20027B000000", "1.23")]
    [InlineData(NoNames, "2403C7FFFFFFFFFFFFFF", "-0.057")]
    [InlineData(NoNames, "280001000000000000000000000000000000", "1")]
    [InlineData(NoNames, "2C34400000", "\"2015-01-01\"")]
    [InlineData(NoNames, "300100000000000000", "\"1970-01-01T00:00:00.000001Z\"")]
    [InlineData(NoNames, "34FFFFFFFFFFFFFFFF", "\"1969-12-31T23:59:59.999999\"")]
    [InlineData(NoNames, "4440420F0000000000", "\"00:00:01\"")]
    [InlineData(NoNames, "48FFFFFFFFFFFFFFFF", "\"1969-12-31T23:59:59.999999999Z\"")]
    [InlineData(NoNames, "4C0100000000000000", "\"1970-01-01T00:00:00.000000001\"")]
    [InlineData(NoNames, "5000112233445566778899AABBCCDDEEFF", "\"00112233-4455-6677-8899-aabbccddeeff\"")]
    [InlineData(NoNames, "3C020000000102", "\"AQI=\"")]
    [InlineData(NoNames, "096869", "\"hi\"")]
    [InlineData(NoNames, "40030000000A2278", "\"\\n\\\"x\"")]
    [InlineData(NoNames, "03020002030C0700", "[7,null]")]
    [InlineData(NoNames, "030000", "[]")]
    [InlineData("0101000161", "02010000020C07", "{\"a\":7}")]
    [InlineData(Names, "0202" + "0001" + "010003" + "040C07", "{\"a\":7,\"b\":true}")]
    [InlineData(NoNames, "020000", "{}")]
    public void A_value_is_told_as_JSON(string metadata, string value, string expected)
    {
        var rows = Column(Convert.FromHexString(metadata), Convert.FromHexString(value));

        Assert.Equal(expected, new JsonText(Variant).Of(rows, 0));
        Assert.Equal("null", new JsonText(Variant).Of(rows, 1));
    }

    [Theory]
    [InlineData(NoNames, "1439", "ends too early")]
    [InlineData(NoNames, "", "ends too early")]
    [InlineData(NoNames, "FC", "of the kind 63")]
    [InlineData(NoNames, "02010000020C07", "the name 0 where there are 0")]
    [InlineData(NoNames, "03020002FF0C0700", "an element beyond its bytes")]
    [InlineData(NoNames, "34FFFFFFFFFFFFFF7F", "beyond the years")]
    [InlineData("02", "00", "not of version 1")]
    public void What_is_damaged_is_said_with_its_column(string metadata, string value, string says)
    {
        var error = Assert.Throws<MalformedDataException>(() => new JsonText(Variant).Of(Column(Convert.FromHexString(metadata), Convert.FromHexString(value)), 0));

        Assert.Contains("Column 'v' holds what is no variant", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    /// <summary>From the log on a column is known to be one of variants, wherever in a column it is, and whoever writes its rows as text writes JSON.</summary>
    [Fact]
    public async Task Columns_of_tables_are_written_as_JSON_in_lines_and_cells()
    {
        using var table = new HandTable();
        const string Value = "{'value': '\\x02\\x01\\x00\\x00\\x02\\x0C\\x07'::blob, 'metadata': '\\x01\\x01\\x00\\x01a'::blob}";
        var list = """{"type":"array","elementType":"variant","containsNull":true}""";
        table.Parquet("a.parquet", $"select 1 as id, {Value} as v, [{Value}, null] as l union all select 2, null, []")
            .Entry(0, Protocol("variantType"), Metadata([Field("id", "integer"), Field("v", "variant"), Field("l", list)]), Add("a.parquet"));
        var found = await table.TableAsync();
        var schema = (await found.DescribeAsync()).Schema;
        using var lines = new MemoryStream();
        using var cells = new MemoryStream();
        await using (var jsonWriter = new JsonLinesWriter(lines, schema))
        await using (var csvWriter = new CsvWriter(cells, schema))
        {
            await foreach (var batch in found.ScanAsync(new TableScan()))
            {
                using (batch)
                {
                    await jsonWriter.WriteAsync(batch);
                    await csvWriter.WriteAsync(batch);
                }
            }
        }

        Assert.Equal("{\"id\":1,\"v\":{\"a\":7},\"l\":[{\"a\":7},null]}\n{\"id\":2,\"v\":null,\"l\":[]}\n", Encoding.UTF8.GetString(lines.ToArray()));
        Assert.Equal("id,v,l\n1,\"{\"\"a\"\":7}\",\"[{\"\"a\"\":7},null]\"\n2,,[]\n", Encoding.UTF8.GetString(cells.ToArray()).ReplaceLineEndings("\n"));
    }

    private static Field Variant { get; } = FieldOfTable();

    private static Field FieldOfTable()
    {
        using var table = new HandTable();
        table.Entry(0, Protocol("variantType"), Metadata([Field("v", "variant")]));
        return table.TableAsync().GetAwaiter().GetResult().DescribeAsync().AsTask().GetAwaiter().GetResult().Schema.FieldsList[0];
    }

    private static StructArray Column(byte[] metadata, byte[] value)
    {
        var valid = new ArrowBuffer.BitmapBuilder().Append(true).Append(false).Build();
        return new StructArray(
            Variant.DataType, 2,
            [new BinaryArray.Builder().Append(metadata.AsSpan()).Append(ReadOnlySpan<byte>.Empty).Build(), new BinaryArray.Builder().Append(value.AsSpan()).Append(ReadOnlySpan<byte>.Empty).Build()],
            valid, 1);
    }
}
