using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Tests.Json;

/// <summary>NaN and infinities in JSON lines, which JSON itself has no numerals for.</summary>
public sealed class JsonNamedNumbersTests
{
    private const string Text = """
        {"x": NaN, "s": "NaN", "n": 1}
        {"x": -Infinity, "s": "a \"NaN, Infinity", "n": 2}
        {"x":Infinity,"s":"b","n":3}
        {"x": "NaN", "s": null, "n": 4}
        {"x": 1.5, "s": "Infinity", "n": 123456789}

        """;

    private static readonly Schema Columns = new(
        [new Field("x", DoubleType.Default, true), new Field("s", StringType.Default, true), new Field("n", Int64Type.Default, true)], null);

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(40)]
    public async Task Names_are_numbers_where_the_options_say_so(int chunk)
    {
        var (rows, rejects) = await ReadAsync(Text, new JsonReadOptions { Schema = Columns, NamedNumbers = true, ChunkBytes = chunk });
        Assert.Empty(rejects);
        Assert.Equal(
            ["NaN NaN 1", "-Infinity a \"NaN, Infinity 2", "Infinity b 3", "NaN  4", "1.5 Infinity 123456789"],
            rows);
    }

    [Fact]
    public async Task Otherwise_bare_names_are_no_JSON_and_texts_no_numbers()
    {
        var (rows, rejects) = await ReadAsync(Text, new JsonReadOptions { Schema = Columns });
        Assert.Equal(["1.5 Infinity 123456789"], rows);
        Assert.Equal(["1 json", "2 json", "3 json", "4 type:double"], rejects.Select(r => $"{r.Line} {r.Rule}"));
    }

    [Theory]
    [InlineData("{\"x\": NaNa}")]
    [InlineData("{\"x\": -NaN}")]
    [InlineData("{\"x\": 1Infinity}")]
    [InlineData("{\"n\": NaN}")]
    [InlineData("{\"x\": NaN")]
    [InlineData("NaN")]
    [InlineData("{\"x\": \"nan\"}")]
    [InlineData("{\"x\": \"1.5\"}")]
    public async Task What_is_no_name_is_set_aside_as_before(string line)
    {
        var (rows, rejects) = await ReadAsync(line + "\n{\"x\": 1}\n", new JsonReadOptions { Schema = Columns, NamedNumbers = true });
        Assert.Equal(["1  "], rows);
        Assert.Equal(1, Assert.Single(rejects).Line);
    }

    [Fact]
    public async Task They_make_a_column_floating_point_when_types_are_found()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("{\"a\": 1, \"b\": \"NaN\", \"c\": \"NaN\"}\n{\"a\": NaN, \"b\": \"x\", \"c\": 2}\n"));
        var report = await JsonSniffer.SniffAsync(stream, "f.jsonl", new JsonReadOptions { NamedNumbers = true }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, report.BadLines);
        Assert.Equal(["double", "utf8", "double"], report.Columns.Select(c => Expressions.ArrowTypes.NameOf(c.Type)));
    }

    private static async Task<(List<string> Rows, List<LineReject> Rejects)> ReadAsync(string text, JsonReadOptions options)
    {
        var rejects = new List<LineReject>();
        var rows = new List<string>();
        await using var reader = await JsonLinesReader.OpenAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.jsonl", options, TestContext.Current.CancellationToken);
        await foreach (var batch in reader.ReadAsync(null, rejects.Add, TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Length; i++)
                {
                    rows.Add(string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"{((DoubleArray)batch.Column(0)).GetValue(i)} {((StringArray)batch.Column(1)).GetString(i)} {((Int64Array)batch.Column(2)).GetValue(i)}"));
                }
            }
        }

        return (rows, rejects);
    }
}
