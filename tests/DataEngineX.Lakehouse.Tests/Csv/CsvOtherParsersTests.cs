using System.Globalization;
using System.Text;
using Apache.Arrow;
using CsCheck;
using DataEngineX.Lakehouse.Csv;
using Sylvan.Data.Csv;

namespace DataEngineX.Lakehouse.Tests.Csv;

/// <summary>The same documents through two other parsers.</summary>
public sealed class CsvOtherParsersTests
{
    private static readonly Gen<string> Cell = Gen.OneOf(
        Gen.String[Gen.Char["ab ,;|'\"\n\té€"], 0, 8],
        OneOf.Values("", "\"", "\"\"", ",", "\r\n", "x", "null", "a\"b", " padded ", "1,5", "😀"),
        Gen.Int.Select(i => i.ToString(CultureInfo.InvariantCulture)));

    // Every field as it may be written: quoted when it must be, sometimes when it need not be; lines end either way, blank lines may come between
    // (Sylvan makes rows of those, so it is asked where there are none).
    private static readonly Gen<(string Text, string[][] Rows, char Separator, bool HasBlanks)> Document =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 25], Gen.Int[0, 1000], Gen.Char[",;|\t:"]).SelectMany((columns, rows, seed, separator) =>
            Cell.Array[columns].Array[rows].Select(cells => Write(cells, separator, seed)));

    [Fact]
    public void Three_parsers_agree_on_valid_documents() => Check.Sample(
        Document,
        document =>
        {
            // Ours gets bytes, half of the time after a byte order mark; the others get text.
            var (text, rows, separator, hasBlanks) = document;
            Assert.Equal(rows, Ours((text.Length % 2 == 0 ? "\uFEFF" : "") + text, rows[0].Length, separator));
            if (!hasBlanks)
                Assert.Equal(rows, Sylvan(text, rows[0].Length, separator));
            Assert.Equal(rows, Helper(text, separator));
        },
        iter: 1000);

    // A quote inside a bare field is text; blanks before a quote make the field a bare one; the last line may lack its end.
    [Theory]
    [InlineData("a\"b,c\nd,e\"\n")]
    [InlineData("x \"y\",z\n1,2")]
    [InlineData("a,b\r\n\r\n\r\nc,d\r\n")]
    [InlineData("a,b\n,\n\"\",\"\"\n")]
    [InlineData("é,€\n😀,\u00a0\n")]
    public void Three_parsers_agree_on_quirks(string text)
    {
        var expected = Helper(text, ',');
        Assert.Equal(expected, Ours(text, 2, ','));
        if (!text.Contains("\n\r", StringComparison.Ordinal))
            Assert.Equal(expected, Sylvan(text, 2, ','));
    }

    private static (string Text, string[][] Rows, char Separator, bool HasBlanks) Write(string[][] rows, char separator, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                text.Append(i > 0 ? $"{separator}" : "");
                var quoted = row[i].AsSpan().ContainsAny([separator, '"', '\r', '\n']) || row[i].StartsWith(' ') || row[i].EndsWith(' ') || (row.Length == 1 && row[i].Length == 0) || random.Next(4) == 0;
                text.Append(quoted ? $"\"{row[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : row[i]);
            }

            text.Append(seed % 3 == 0 ? "\n" : "\r\n");
            if (seed % 2 == 0 && random.Next(10) == 0)
                text.Append('\n');
        }

        return (text.ToString(), rows, separator, seed % 2 == 0);
    }

    private static string[][] Ours(string text, int columns, char separator)
    {
        var schema = new Schema(Enumerable.Range(0, columns).Select(i => new Field($"c{i}", Apache.Arrow.Types.StringType.Default, true)), null);
        var rows = new List<string[]>();
        Run().GetAwaiter().GetResult();
        return [.. rows];

        async Task Run()
        {
            var options = new CsvReadOptions { HasHeader = false, Schema = schema, Separator = separator, ChunkBytes = 40 };
            await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", options);
            await foreach (var batch in reader.ReadAsync(onReject: r => Assert.Fail(r.Reason)))
            {
                using (batch)
                {
                    for (var row = 0; row < batch.Length; row++)
                        rows.Add([.. Enumerable.Range(0, columns).Select(i => batch.Column(i).IsNull(row) ? "" : ((StringArray)batch.Column(i)).GetString(row))]);
                }
            }
        }
    }

    private static string[][] Sylvan(string text, int columns, char separator)
    {
        using var reader = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { Delimiter = separator, HasHeaders = false });
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, columns).Select(reader.GetString)]);
        return [.. rows];
    }

    private static string[][] Helper(string text, char separator)
    {
        using var parser = CsvHelper.CsvReader.FromText(text, new CsvHelper.CsvReaderOptions { Separator = separator, HasHeader = false });
        var rows = new List<string[]>();
        while (parser.Read())
            rows.Add([.. Enumerable.Range(0, parser.FieldCount).Select(parser.GetString)]);
        return [.. rows];
    }
}
