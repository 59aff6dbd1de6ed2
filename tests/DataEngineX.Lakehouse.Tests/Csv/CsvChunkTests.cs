using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Lakehouse.Csv;

namespace DataEngineX.Lakehouse.Tests.Csv;

/// <summary>Where a file is cut into chunks, and on how many threads it is read, must not show.</summary>
public sealed class CsvChunkTests
{
    private static readonly int[] ChunkSizes = [1, 2, 3, 7, 31, 63, 64, 65, 127, 200, 1 << 20];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["a,\"\n"], 0, 40],
        Gen.String[Gen.Char["ab,,\"\"\"\r\n\n#é€ 1"], 0, 300],
        OneOf.Values("a,b\n", "\"x,y\",2\n", "\"q\"\"q\",z\r\n", ",\n", "\n", "\"two\nlines\",\"and\r\nmore\"\n", "#c \"omment\n", "1,2,3\n", "\"bad\"x,1\n", "long long long long long field,b\r\n")
            .Array[0, 40].Select(lines => string.Concat(lines)));

    [Fact]
    public void Rows_lines_and_refusals_are_those_of_a_plain_parser_whatever_the_chunk_size() => Check.Sample(
        Gen.Select(Text, Gen.Bool, Gen.Bool, Gen.Int[0, ChunkSizes.Length - 1]),
        (text, hasComments, hasQuotes, size) =>
        {
            var options = Options(ChunkSizes[size]) with { Comment = hasComments ? '#' : null, Quote = hasQuotes ? '"' : null };
            var expected = Expected(text, options);
            Assert.Equal(expected, Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), options));
            Assert.Equal(expected, Read(new DripStream(Encoding.UTF8.GetBytes(text), 5), options));
            var unchecked_ = Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), options with { CheckFirst = false });
            Assert.True(expected == unchecked_ || (expected == Refused && unchecked_.EndsWith(Refused, StringComparison.Ordinal)));
        },
        iter: 3000);

    [Fact]
    public void A_file_of_the_disk_is_read_by_places_with_the_same_result() => Check.Sample(
        Gen.Select(Text, Gen.Int[0, ChunkSizes.Length - 1]),
        (text, size) =>
        {
            using var folder = new TempFolder();
            File.WriteAllText(folder["f.csv"], text);
            var options = Options(ChunkSizes[size]);
            Assert.Equal(Expected(text, options), Read(File.OpenRead(folder["f.csv"]), options));
        },
        iter: 150);

    [Fact]
    public void Lines_are_skipped_before_anything_is_parsed() => Check.Sample(
        Gen.Select(Text, Gen.Int[0, 4], Gen.Int[0, ChunkSizes.Length - 1]),
        (text, skipped, size) =>
        {
            var title = string.Concat(Enumerable.Range(0, skipped).Select(i => "a \"title\" that is not closed, no. " + i + (i % 2 == 0 ? "\r\n" : "\n")));
            var options = Options(ChunkSizes[size]);
            var expected = Expected(text, options, skipped);
            Assert.Equal(expected, Read(new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF" + title + text)), options with { SkipLines = skipped }));
        },
        iter: 500);

    private const string Refused = "refused";

    private static CsvReadOptions Options(int chunk) => new()
    {
        HasHeader = false,
        OriginColumns = true,
        ChunkBytes = chunk,
        Schema = new Schema([new Field("a", StringType.Default, true), new Field("b", StringType.Default, true)], null),
    };

    private static string Expected(string text, CsvReadOptions options, int linesBefore = 0)
    {
        var oracle = CsvOracle.Parse(text, options.Separator, options.Quote, options.Comment);
        if (oracle.EndsInQuotes || oracle.Records.Count == 0)
            return Refused;
        var isCut = oracle.EndsInRecord && oracle.Records is [var first, .., var last] && last.Fields.Length < first.Fields.Length && !last.IsBad;
        if (isCut)
            return Refused;
        var rows = oracle.Records.Select(r => r.IsBad ? $"quotes|{r.Line + linesBefore}"
            : r.Fields.Length != 2 ? $"fields|{r.Line + linesBefore}"
            : $"{r.Fields[0] ?? "null"}|{r.Fields[1] ?? "null"}|f.csv|{r.Line + linesBefore}");
        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }

    private static string Read(Stream stream, CsvReadOptions options)
    {
        var rows = new List<string>();
        using var memory = new CountingAllocator();
        try
        {
            Run().GetAwaiter().GetResult();
        }
        catch (SourceRefusedException)
        {
            return rows.Count == 0 ? Refused : string.Join('\n', rows) + "\n" + Refused;
        }

        return string.Join('\n', rows.Order(StringComparer.Ordinal));

        async Task Run()
        {
            await using var reader = await CsvReader.OpenAsync(stream, "f.csv", options);
            await foreach (var batch in reader.ReadAsync(memory, r => rows.Add($"{r.Rule}|{r.Line}")))
            {
                using (batch)
                    rows.AddRange(Rows.Of(batch));
            }
        }
    }
}
