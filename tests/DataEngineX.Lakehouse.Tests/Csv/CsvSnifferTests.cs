using System.Text;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;

namespace DataEngineX.Lakehouse.Tests.Csv;

public sealed class CsvSnifferTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,y\n", ',', '"', true, "a int64|b utf8")]
    [InlineData("1,x\n2,y\n", ',', '"', false, "column1 int64|column2 utf8")]
    [InlineData("id;price\n1;2,5\n2;3\n", ';', '"', true, "id int64|price double")]
    [InlineData("a\tb\nx, y\t\"1\t2\"\nz\tw\n", '\t', '"', true, "a utf8|b utf8")]
    [InlineData("a|b|c\n1|2|3\n", '|', '"', true, "a int64|b int64|c int64")]
    [InlineData("k,v\n'it''s, so',1\n'x',2\n", ',', '\'', true, "k utf8|v int64")]
    [InlineData("only\nx\ny\n", ',', '"', true, "only utf8")]
    [InlineData("t,ok\n2024-01-02 03:04:05,true\n2024-01-03,false\n", ',', '"', true, "t timestamp[us]|ok bool")]
    [InlineData("t,u\n2024-01-02T03:04:05Z,12:30\n", ',', '"', true, "t timestamp[us, UTC]|u time64[us]")]
    [InlineData("zip,n\n01234,1\n99999,2\n", ',', '"', true, "zip utf8|n int64")]
    [InlineData("d\n31.12.2020\n01.02.2020\n", ',', '"', true, "d date32")]
    [InlineData("d\n01/02/2020\n03/04/2020\n", ',', '"', true, "d utf8")]
    [InlineData("d\n01/02/2020\n03/14/2020\n", ',', '"', true, "d date32")]
    [InlineData("n\nNA\n1\n2.5\n", ',', '"', true, "n double")]
    [InlineData("n,m\n1,\n,2\n", ',', '"', true, "n int64|m int64")]
    [InlineData("first name,last name\nAda,Lovelace\nAlan,Turing\n", ',', '"', true, "first name utf8|last name utf8")]
    [InlineData(",a,name\n0,5,x\n1,6,y\n", ',', '"', true, "column1 int64|a int64|name utf8")]
    [InlineData(",name\n0,x\n1,y\n", ',', '"', true, "column1 int64|name utf8")]
    [InlineData(",column1\n0,x\n1,y\n", ',', '"', true, "column1_ int64|column1 utf8")]
    [InlineData("a,name,\n5,x,\n6,y,\n", ',', '"', true, "a int64|name utf8|column3 utf8")]
    [InlineData("bob,,x\nann,5,y\ntom,6,z\n", ',', '"', false, "column1 utf8|column2 int64|column3 utf8")]
    [InlineData("name,why?\nbob,x\nann,y\n", ',', '"', true, "name utf8|why? utf8")]
    [InlineData("state\nopen\nclosed\nstate\n", ',', '"', true, "state utf8")]
    [InlineData("red,up\nblue,down\nred,up\nred,up\n", ',', '"', false, "column1 utf8|column2 utf8")]
    [InlineData("ann@example.org,a\nbob,b\n", ',', '"', false, "column1 utf8|column2 utf8")]
    [InlineData("2020,a\nbob,b\n", ',', '"', false, "column1 utf8|column2 utf8")]
    [InlineData("id,name\n", ',', '"', true, "id utf8|name utf8")]
    [InlineData("1,x\n", ',', '"', false, "column1 int64|column2 utf8")]
    [InlineData("size,n\n5\" wide,x\n3\" wide,y\n", ',', '"', true, "size utf8|n utf8")]
    public async Task What_is_found_reads_every_row_of_the_file(string text, char separator, char quote, bool hasHeader, string columns)
    {
        var report = await Sniff(text);
        Assert.Equal((separator, quote, hasHeader), (report.Options.Separator, report.Options.Quote, report.Options.HasHeader));
        Assert.Equal(columns, string.Join('|', report.Schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}")));
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", report.Options);
        long rows = 0;
        await foreach (var batch in reader.ReadAsync(onReject: r => Assert.Fail(r.Reason)))
        {
            rows += batch.Length;
            batch.Dispose();
        }

        Assert.Equal(report.Records - (hasHeader ? 1 : 0), rows);
    }

    [Fact]
    public async Task The_report_names_the_counts_and_the_lines_that_decided()
    {
        var report = await Sniff("# made by hand\nid;when;price;note\n1;31.12.2020;1,5;NA\n2;;NA;x\n\nx3;01.01.2021;2;\"a\nb\"\n4;5\n");
        Assert.Equal(('#', ';', ','), (report.Options.Comment, report.Options.Separator, report.Options.DecimalSeparator));
        Assert.Equal(["dd.MM.yyyy"], report.Options.DateFormats);
        Assert.Equal(["NA"], report.Options.NullTexts);
        Assert.Equal((4, 1, true), (report.Records, report.BadRecords, report.IsWholeFile));
        var id = report.Columns[0];
        Assert.Equal(("utf8", 3L, 0L, 6L, "x3"), (ArrowTypes.NameOf(id.Type), id.Values, id.Nulls, id.Line, id.Text));
        var price = report.Columns[2];
        Assert.Equal((2L, 1L, 3L, "1,5"), (price.Values, price.Nulls, price.Line, price.Text));
        var text = report.ToString();
        Assert.Contains("separator ';', quote '\"', decimal separator ','", text, StringComparison.Ordinal);
        Assert.Contains("header: 'when' is no date32", text, StringComparison.Ordinal);
        Assert.Contains("id: utf8, 3 values, 0 null; not int64 (line 6: x3)", text, StringComparison.Ordinal);
        Assert.Contains("when: date32, 2 values, 1 null; all date32 as dd.MM.yyyy", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Title_lines_and_other_encodings_are_found()
    {
        var title = await Sniff("Sales of the year\n\nby region\nregion,amount\nnorth,1\nsouth,2\n");
        Assert.Equal((3, true), (title.Options.SkipLines, title.Options.HasHeader));
        Assert.Equal(["region", "amount"], title.Schema.FieldsList.Select(f => f.Name));
        var latin = await CsvSniffer.SniffAsync(new MemoryStream(Encoding.Latin1.GetBytes("stadt,n\nZürich,1\n")), "f.csv");
        Assert.Equal("iso-8859-1", latin.Options.Encoding?.WebName);
        var wide = await CsvSniffer.SniffAsync(new MemoryStream([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a;b\n1;2\n")]), "f.csv");
        Assert.Equal((';', 2), (wide.Options.Separator, wide.Columns.Count));
    }

    [Fact]
    public async Task Only_the_sample_is_looked_at_and_a_file_without_records_is_refused()
    {
        var report = await CsvSniffer.SniffAsync(new MemoryStream("a,b\n1,2\nx,y\n"u8.ToArray()), "f.csv", sampleBytes: 9);
        Assert.False(report.IsWholeFile);
        Assert.Equal(2, report.Records);
        await Assert.ThrowsAsync<SourceRefusedException>(() => Sniff(""));
        await Assert.ThrowsAsync<SourceRefusedException>(() => Sniff("\n\n"));
        await Assert.ThrowsAsync<SourceRefusedException>(() => Sniff("a\0b\n"));
    }

    [Theory]
    [InlineData("id,v,id\n1,2,3\n", 1, "'id' twice")]
    [InlineData("a,a\nx,y\n", 1, "'a' twice")]
    [InlineData("a,b\n1,\"x\n2,y\n", 2, "never closed")]
    [InlineData("a,\"b\n1,2\n", 1, "never closed")]
    [InlineData("\"a\n1\n", 1, "never closed")]
    public async Task A_header_that_names_a_column_twice_and_a_quote_that_stays_open_refuse_the_file(string text, long line, string reason)
    {
        var error = await Assert.ThrowsAsync<SourceRefusedException>(() => Sniff(text));
        Assert.Equal(line, error.Line);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_there_is_a_header_can_be_told()
    {
        var without = await Sniff("id,v,id\n1,2,3\n", hasHeader: false);
        Assert.Equal(["column1 utf8", "column2 utf8", "column3 utf8"], without.Schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}"));
        Assert.Equal(["id", "v", "id"], without.FirstRecord);
        var with = await Sniff("1,x\n2,y\n", hasHeader: true);
        Assert.Equal(["1 int64", "x utf8"], with.Schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}"));
    }

    [Fact]
    public async Task A_column_without_a_name_is_read_by_its_place_where_that_is_allowed()
    {
        var stream = new MemoryStream("a,,c\n1,2,3\n"u8.ToArray());
        await using var reader = await CsvReader.OpenAsync(stream, "f.csv", new CsvReadOptions { AllowUnnamedColumns = true });
        Assert.Equal(["a", "column2", "c"], reader.Header);
    }

    private static Task<CsvSniffReport> Sniff(string text, bool? hasHeader = null) =>
        CsvSniffer.SniffAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", hasHeader: hasHeader);
}
