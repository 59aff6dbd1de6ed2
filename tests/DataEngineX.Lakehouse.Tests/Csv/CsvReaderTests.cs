using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Tests.Csv;

public sealed class CsvReaderTests
{
    private static readonly Schema Weather = new(
        [
            new Field("station", StringType.Default, false),
            new Field("temp_max", DoubleType.Default, true),
            new Field("day", Date32Type.Default, true),
            new Field("count", Int32Type.Default, true),
        ],
        null);

    [Fact]
    public async Task Columns_are_found_by_exact_name_and_by_snake_case_in_any_order()
    {
        var (rows, rejects, _) = await Read("day,TempMax,extra,station,count\n2015-01-02,1.5,x,Seattle,7\n", Weather);
        Assert.Equal(["Seattle|1.5|2015-01-02|7"], rows);
        Assert.Empty(rejects);
    }

    [Fact]
    public async Task Without_a_schema_every_column_is_text_under_its_own_name()
    {
        var (rows, _, schema) = await Read("A B;c\n1;\n\"\";2\n", null, o => o with { Separator = ';' });
        Assert.Equal(["A B", "c"], schema.FieldsList.Select(f => f.Name));
        Assert.All(schema.FieldsList, f => Assert.Equal("utf8", ArrowTypes.NameOf(f.DataType)));
        Assert.Equal(["1|null", "|2"], rows);
    }

    [Theory]
    [InlineData("\uFEFFa,b\r\n\"x,\"\"y\"\"\",\"two\r\nlines\"\r\n\r\nlast,row", "x,\"y\"|two\r\nlines|2;last|row|5")]
    [InlineData("a,b\n\n\n1,2\n", "1|2|4")]
    [InlineData("a,b\r1,2\r3,4\r", "1|2|2;3|4|3")]
    [InlineData("\"a\",\"b\"\n\"\",\n", "|null|2")]
    [InlineData("a,b\nab\"c,d\n", "ab\"c|d|2")]
    [InlineData("a,b\n", "")]
    public async Task Quotes_line_ends_and_blank_lines_follow_rfc_4180(string text, string expected)
    {
        var (rows, rejects, _) = await Read(text, null, o => o with { OriginColumns = true });
        Assert.Equal(expected, string.Join(';', rows.Select(r => r.Replace("|f.csv|", "|", StringComparison.Ordinal))));
        Assert.Empty(rejects);
    }

    [Fact]
    public async Task Rows_that_do_not_fit_are_set_aside_with_place_value_and_rule_while_the_others_go_on()
    {
        const string Text = "station,temp_max,day,count\n" +
            "Seattle,12.5,2015-01-01,1\n" +
            "Seattle,warm,2015-01-02,1\n" +
            "Seattle,1.5\n" +
            ",1.5,2015-01-04,1\n" +
            "\"two\nlines\",NaN,2015-01-05,1\n" +
            "Seattle,1.5,2015-02-30,1\n" +
            "Seattle,1.5,2015-01-07,3000000000\n" +
            "\"Seat\"tle,1.5,2015-01-08,1\n" +
            "Seattle,,,\n";
        var (rows, rejects, _) = await Read(Text, Weather);
        Assert.Equal(["Seattle|12.5|2015-01-01|1", "Seattle|null|null|null"], rows);
        Assert.Equal(
            [
                "3 temp_max warm type:double", "4   fields", "5 station  not-null", "6 temp_max NaN type:double", "8 day 2015-02-30 type:date32",
                "9 count 3000000000 type:int32", "10   quotes",
            ],
            rejects.Select(r => $"{r.Line} {r.Column} {r.Value} {r.Rule}"));
        Assert.All(rejects, r => Assert.Equal("f.csv", r.File));
        Assert.Equal("Seattle,warm,2015-01-02,1", rejects[0].Text);
    }

    [Theory]
    [InlineData("", null, "empty")]
    [InlineData("\uFEFF", null, "empty")]
    [InlineData("\n\n", null, "empty")]
    [InlineData("a,b\n1,2\n\"open,3\n4,5\n", 3L, "never closed")]
    [InlineData("a,b,c\n1,2,3\n4,5", 3L, "2 of 3 fields")]
    [InlineData("a,b\n1,2\0\n", 2L, "NUL")]
    [InlineData("a,b,a\n1,2,3\n", 1L, "'a' twice")]
    [InlineData("a,,c\n1,2,3\n", 1L, "column 2")]
    public async Task A_file_that_is_worthless_as_a_whole_is_refused_before_any_row(string text, long? line, string reason)
    {
        var error = await Assert.ThrowsAsync<SourceRefusedException>(() => CsvReader.OpenAsync(Stream(text), "f.csv"));
        Assert.Equal(line, error.Line);
        Assert.Equal("f.csv", error.SourceName);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_refuse_the_file_with_their_line()
    {
        byte[] bytes = [.. "a,b\n1,ok\n2,"u8, 0xC3, 0x28, (byte)'\n'];
        var error = await Assert.ThrowsAsync<SourceRefusedException>(() => CsvReader.OpenAsync(new MemoryStream(bytes), "latin.csv"));
        Assert.Equal(3, error.Line);
        byte[] cut = [.. "a,b\n1,"u8, 0xE2, 0x82];
        Assert.Equal(2, (await Assert.ThrowsAsync<SourceRefusedException>(() => CsvReader.OpenAsync(new MemoryStream(cut), "cut.csv"))).Line);
    }

    [Fact]
    public async Task A_missing_column_refuses_the_file_and_names_what_is_there()
    {
        var error = await Assert.ThrowsAsync<SourceRefusedException>(
            () => CsvReader.OpenAsync(Stream("station,day\n"), "f.csv", new CsvReadOptions { Schema = Weather }));
        Assert.Contains("no column 'temp_max'", error.Message, StringComparison.Ordinal);
        var (rows, _, _) = await Read("station,day\nX,\n", Weather, o => o with { AllowMissingNullableColumns = true });
        Assert.Equal(["X|null|null|null"], rows);
    }

    [Fact]
    public async Task Characters_and_records_may_cross_any_buffer_border()
    {
        var line = "é€😀\"\"" + new string('x', 1000);
        var text = "a,b\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"\"{line}\",{i}\r\n"));
        await using var reader = await CsvReader.OpenAsync(new DripStream(Encoding.UTF8.GetBytes(text), 4093), "f.csv");
        long next = 0;
        await foreach (var batch in reader.ReadAsync())
        {
            using (batch)
            {
                for (var i = 0; i < batch.Length; i++)
                {
                    Assert.Equal(line.Replace("\"\"", "\"", StringComparison.Ordinal), ((StringArray)batch.Column(0)).GetString(i));
                    Assert.Equal($"{next++}", ((StringArray)batch.Column(1)).GetString(i));
                }
            }
        }

        Assert.Equal(3000, next);
    }

    [Fact]
    public async Task Batches_have_the_size_asked_for_and_give_all_memory_back()
    {
        using var memory = new CountingAllocator();
        var text = "a\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i}\n"));
        await using var reader = await CsvReader.OpenAsync(Stream(text), "f.csv", new CsvReadOptions { BatchRows = 4 });
        var sizes = new List<int>();
        await foreach (var batch in reader.ReadAsync(memory))
        {
            sizes.Add(batch.Length);
            batch.Dispose();
        }

        Assert.Equal([4, 4, 2], sizes);
        Assert.Equal(10, reader.RowsAccepted);
        Assert.True(memory.Total > 0);
        Assert.Equal(0, memory.Live);
    }

    [Theory]
    [InlineData("2015-01-02", "timestamp[us]", 1420156800000000L)]
    [InlineData("2015-01-02T03:04:05.123456", "timestamp[us]", 1420167845123456L)]
    [InlineData("2015-01-02 03:04", "timestamp[us]", 1420167840000000L)]
    [InlineData("2015-01-02T03:04:05+02:00", "timestamp[us, UTC]", 1420160645000000L)]
    [InlineData("2015-01-02T03:04:05Z", "timestamp[us, UTC]", 1420167845000000L)]
    [InlineData("1969-12-31T23:59:59.9999999", "timestamp[us]", -1L)]
    [InlineData("2015-01-02T03:04:05Z", "timestamp[us]", null)]
    [InlineData("2015-13-02", "timestamp[us]", null)]
    [InlineData("2015-01-02T25:00", "timestamp[us]", null)]
    [InlineData("2015-01-02T03:04:05.", "timestamp[us]", null)]
    public async Task Timestamps_are_iso_8601_and_have_an_offset_only_where_the_column_has_a_zone(string text, string type, long? expected)
    {
        var arrow = type == "timestamp[us]" ? ArrowTypes.TimestampLocal : ArrowTypes.TimestampUtc;
        var schema = new Schema([new Field("t", arrow, true)], null);
        await using var reader = await CsvReader.OpenAsync(Stream($"t\n{text}\n"), "f.csv", new CsvReadOptions { Schema = schema });
        long? value = null;
        await foreach (var batch in reader.ReadAsync())
            value = ((TimestampArray)batch.Column(0)).Values[0];
        Assert.Equal(expected, value);
        Assert.Equal(expected is null ? 1 : 0, reader.RowsRejected);
    }

    [Theory]
    [InlineData("12.345", "12.345")]
    [InlineData("-0.1", "-0.100")]
    [InlineData("99.9000", "99.900")]
    [InlineData("99.9001", null)]
    [InlineData("100000", null)]
    [InlineData("1e3", null)]
    [InlineData("-", null)]
    public async Task Decimals_are_exact_or_set_aside(string text, string? expected)
    {
        var schema = new Schema([new Field("d", new Decimal128Type(5, 3), true)], null);
        await using var reader = await CsvReader.OpenAsync(Stream($"d\n{text}\n"), "f.csv", new CsvReadOptions { Schema = schema });
        string? value = null;
        await foreach (var batch in reader.ReadAsync())
            value = ((Decimal128Array)batch.Column(0)).GetString(0);
        Assert.Equal(expected, value);
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<(List<string> Rows, List<LineReject> Rejects, Schema Schema)> Read(
        string text, Schema? schema, Func<CsvReadOptions, CsvReadOptions>? change = null)
    {
        var options = new CsvReadOptions { Schema = schema };
        var rejects = new List<LineReject>();
        var rows = new List<string>();
        await using var reader = await CsvReader.OpenAsync(Stream(text), "f.csv", change?.Invoke(options) ?? options);
        await foreach (var batch in reader.ReadAsync(onReject: rejects.Add))
        {
            using (batch)
                rows.AddRange(Rows.Of(batch));
        }

        return (rows, rejects, reader.Schema);
    }
}
