using static DataEngineX.Expressions.Columns;
using static DataEngineX.Lakehouse.Tests.Delta.HandTable;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Texts of partition values: those of the protocol and of other writers give their value, all others an error that names what they are of.</summary>
public class PartitionTextTests
{
    [Theory]
    [InlineData("byte", "-128", "-128")]
    [InlineData("integer", "+5", "5")]
    [InlineData("long", "9223372036854775807", "9223372036854775807")]
    [InlineData("float", "1.0E10", "10000000000")]
    [InlineData("float", "3.4028235E38", "3.4028234663852886E+38")]
    [InlineData("double", "NaN", "NaN")]
    [InlineData("double", "-inf", "-Infinity")]
    [InlineData("double", "Infinity", "Infinity")]
    [InlineData("boolean", "True", "true")]
    [InlineData("decimal(10,2)", "1E2", "100.00")]
    [InlineData("decimal(10,2)", "-99999999.990", "-99999999.99")]
    [InlineData("date", "0001-01-01", "0001-01-01")]
    [InlineData("timestamp", "2024-01-01 10:00:00", "2024-01-01 10:00:00.000000Z")]
    [InlineData("timestamp", "2024-01-01 10:00:00.123456", "2024-01-01 10:00:00.123456Z")]
    [InlineData("timestamp", "2024-01-01T10:00:00.123456Z", "2024-01-01 10:00:00.123456Z")]
    [InlineData("timestamp", "2024-01-01T10:00:00.5+02:00", "2024-01-01 08:00:00.500000Z")]
    [InlineData("timestamp", "2024-01-01T10:00:00.123456789Z", "2024-01-01 10:00:00.123456Z")]
    [InlineData("timestamp", "2024-01-01", "2024-01-01 00:00:00.000000Z")]
    [InlineData("timestamp_ntz", "2024-01-01 10:00:00", "2024-01-01 10:00:00.000000")]
    [InlineData("timestamp_ntz", "2024-01-01T10:00:00.123456Z", "2024-01-01 10:00:00.123456")]
    public async Task A_form_that_writers_use_gives_its_value(string type, string text, string expected)
    {
        using var table = Table(type, text);

        Assert.Equal([$"1|{expected}"], await table.RowsAsync());
    }

    [Theory]
    [InlineData("byte", "128")]
    [InlineData("integer", "1,000")]
    [InlineData("integer", " 5")]
    [InlineData("integer", "5.0")]
    [InlineData("float", "1,5")]
    [InlineData("float", "1e39")]
    [InlineData("double", "1e309")]
    [InlineData("boolean", "1")]
    [InlineData("decimal(10,2)", "1.005")]
    [InlineData("decimal(10,2)", "123456789.00")]
    [InlineData("decimal(10,2)", ".-5")]
    [InlineData("date", "01/02/2024")]
    [InlineData("date", "2024-1-1")]
    [InlineData("date", "2024-01-01 10:00:00")]
    [InlineData("timestamp", "10:00")]
    [InlineData("timestamp", "01/02/2024 10:00")]
    [InlineData("timestamp", "2024/01/02 10:00:00")]
    [InlineData("timestamp", "0001-01-01T00:00:00+02:00")]
    [InlineData("timestamp_ntz", "2024-01-01T00:00:00+02:00")]
    public async Task Any_other_text_is_an_error_that_names_table_file_column_and_text(string type, string text)
    {
        using var table = Table(type, text);
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.StartsWith($"Table bronze/hand cannot be read: of its data file 'a.parquet', the partition value '{text}' of column 'p' is no ", error.Message, StringComparison.Ordinal);

        // A file is not skipped by what its text does not say.
        var condition = type == "integer" ? Col("p") == 7 : Col("p").IsNull();
        Assert.Equal(1, (await (await table.TableAsync()).SelectFilesAsync(new TableScan { Predicate = condition }))!.Read);
        Assert.Equal(error.Message, (await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync(new TableScan { Predicate = condition }))).Message);
    }

    /// <summary>Values are known by physical names; one under the name that people see would be lost, and the column null.</summary>
    [Fact]
    public async Task A_value_under_another_name_is_an_error_and_no_null()
    {
        using var table = new HandTable();
        table.Parquet("a.parquet", "select 1 as p1").Entry(
            0, Protocol("columnMapping"), Metadata([Field("id", "integer", 1), Field("p", "string", 2)], ["p"], "delta.columnMapping.mode=name"), Add("a.parquet", "{\"p\":\"x\"}"));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => table.RowsAsync());

        Assert.Equal("Table bronze/hand cannot be read: of its data file 'a.parquet', the log tells no partition value of column 'p' (physical name 'p2'), but of p.", error.Message);
        table.Entry(1, Remove("a.parquet"), Add("a.parquet"));
        Assert.Equal(["1|null"], await table.RowsAsync());
    }

    private static HandTable Table(string type, string text) => new HandTable().Parquet("a.parquet", "select 1 as id")
        .Entry(0, Protocol("timestampNtz"), Metadata([Field("id", "integer"), Field("p", type)], ["p"]), Add("a.parquet", $"{{\"p\":\"{text}\"}}"));
}
