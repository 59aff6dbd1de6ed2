using System.IO.Compression;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Tests.Csv;

/// <summary>Bytes as they come: compressed, in other encodings, broken.</summary>
public sealed class CsvInputTests
{
    private const string Text = "name,n\nZoë,1\n\"two\nlines\",2\n";
    private static readonly string[] Expected = ["Zoë|1", "two\nlines|2"];

    [Theory]
    [InlineData("f.csv.gz", TextCompression.Gzip)]
    [InlineData("f.csv.zst", TextCompression.Zstandard)]
    [InlineData("f.csv.br", TextCompression.Brotli)]
    [InlineData("f.csv.zz", TextCompression.Deflate)]
    public async Task Compressed_files_are_known_by_name_or_by_option(string name, TextCompression compression)
    {
        var bytes = Compress(Encoding.UTF8.GetBytes(Text), compression);
        Assert.Equal(Expected, await Read(bytes, name));
        Assert.Equal(Expected, await Read(bytes, "f.bin", new CsvReadOptions { Compression = compression }));
        Assert.Equal(Expected, await Read(bytes, name, new CsvReadOptions { CheckFirst = false }));
        Assert.Equal(Expected, await Read(Encoding.UTF8.GetBytes(Text), name, new CsvReadOptions { Compression = TextCompression.None }));
    }

    [Theory]
    [InlineData(TextCompression.Gzip)]
    [InlineData(TextCompression.Zstandard)]
    [InlineData(TextCompression.Brotli)]
    [InlineData(TextCompression.Deflate)]
    public async Task Broken_compression_refuses_the_file_by_its_name(TextCompression compression)
    {
        var plain = new byte[100_000];
        new Random(1).NextBytes(plain);
        var text = "a\n" + Convert.ToHexString(plain) + "\n";
        var bytes = Compress(Encoding.UTF8.GetBytes(text), compression);
        var options = new CsvReadOptions { Compression = compression };
        Assert.Equal([text[2..^1]], await Read(bytes, "whole", options));
        foreach (var length in new[] { 1, bytes.Length / 2, bytes.Length - 5, bytes.Length - 1 })
            Assert.Equal("cut", (await Assert.ThrowsAsync<SourceRefusedException>(() => Read(bytes[..length], "cut", options))).SourceName);
        await Assert.ThrowsAsync<SourceRefusedException>(() => Read(Encoding.UTF8.GetBytes(Text), "not compressed", options));
    }

    [Theory]
    [InlineData(TextCompression.Gzip)]
    [InlineData(TextCompression.Deflate)]
    public async Task A_wrong_checksum_refuses_the_file(TextCompression compression)
    {
        var bytes = Compress(Encoding.UTF8.GetBytes("a\n" + new string('x', 100_000) + "\n"), compression);
        bytes[^(compression == TextCompression.Gzip ? 6 : 2)] ^= 0x55;
        await Assert.ThrowsAsync<SourceRefusedException>(() => Read(bytes, "damaged", new CsvReadOptions { Compression = compression }));
    }

    [Fact]
    public async Task Several_gzip_members_are_one_file() =>
        Assert.Equal(Expected, await Read([.. Compress(Encoding.UTF8.GetBytes(Text[..7]), TextCompression.Gzip), .. Compress(Encoding.UTF8.GetBytes(Text[7..]), TextCompression.Gzip)], "f.gz"));

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-8", true)]
    [InlineData("iso-8859-1", false)]
    public async Task Other_encodings_are_known_by_their_mark_or_by_option(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(Text)];
        Assert.Equal(Expected, await Read(bytes, "f.csv", new CsvReadOptions { Encoding = hasMark ? null : encoding, ChunkBytes = 3 }));
        Assert.Equal(Expected, await Read(Compress(bytes, TextCompression.Gzip), "f.csv.gz", new CsvReadOptions { Encoding = hasMark ? null : encoding }));
    }

    [Fact]
    public async Task Bytes_that_are_not_in_the_declared_encoding_refuse_the_file()
    {
        byte[] loneSurrogate = [0xFF, 0xFE, (byte)'a', 0, (byte)'\n', 0, 0x00, 0xD8, (byte)'\n', 0];
        Assert.Contains("encoding", (await Assert.ThrowsAsync<SourceRefusedException>(() => Read(loneSurrogate, "f.csv"))).Message, StringComparison.Ordinal);
        Assert.Contains("Encoding", (await Assert.ThrowsAsync<SourceRefusedException>(() => Read(Encoding.Latin1.GetBytes(Text), "f.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_and_times_have_the_forms_declared()
    {
        var schema = new Schema(
            [
                new Field("day", Date32Type.Default, true), new Field("at", ArrowTypes.TimestampLocal, true),
                new Field("t", new Time64Type(TimeUnit.Microsecond), true), new Field("n", new TimestampType(TimeUnit.Nanosecond, "UTC"), true),
            ],
            null);
        var options = new CsvReadOptions { Schema = schema, DateFormats = ["dd.MM.yyyy", "yyyy-MM-dd"], TimestampFormats = ["dd.MM.yyyy HH:mm", "yyyy-MM-ddTHH:mm:ss.fffffffzzz"] };
        var rejects = new List<string>();
        var batches = await Batches(
            Encoding.UTF8.GetBytes("day,at,t,n\n31.12.2020,31.12.2020 23:59,23:59:59.5,01.01.1970 00:00\n2020-12-31,,,1970-01-01T00:00:00.0000001+00:00\n12/31/2020,,,\n,31.12.2020,,\n,,24:00,\n"),
            "f.csv", options, rejects.Add);
        using var batch = Assert.Single(batches);
        Assert.Equal([18627, 18627], ((Date32Array)batch.Column(0)).Values.ToArray());
        Assert.Equal(1609459140000000, ((TimestampArray)batch.Column(1)).Values[0]);
        Assert.Equal(86399500000, ((Time64Array)batch.Column(2)).Values[0]);
        Assert.Equal([0, 100], ((TimestampArray)batch.Column(3)).Values.ToArray());
        Assert.Equal(["4 day 12/31/2020", "5 at 31.12.2020", "6 t 24:00"], rejects);
    }

    [Fact]
    public async Task Null_texts_other_quotes_and_trimming_are_those_declared()
    {
        var schema = new Schema([new Field("a", StringType.Default, true), new Field("b", Int32Type.Default, true)], null);
        var options = new CsvReadOptions { Schema = schema, Quote = '\'', NullTexts = ["NA", "-999"], Trim = true };
        Assert.Equal(
            ["it's, so|1", "null|null", "NA|null", " x |2", "y|3", "null|4"],
            await Read("a,b\n'it''s, so',1\nNA,-999\n'NA',\n' x ',2\n  y ,3\n  ,4\n"u8.ToArray(), "f.csv", options));
        Assert.Equal(["\"q\"|1"], await Read("a,b\n\"q\",1\n"u8.ToArray(), "f.csv", options with { Quote = null }));
    }

    [Theory]
    [InlineData(',', ',', null)]
    [InlineData('\n', '"', null)]
    [InlineData('€', '"', null)]
    [InlineData(',', '"', '"')]
    public async Task Marks_that_cannot_be_told_apart_are_refused(char separator, char quote, char? comment) => await Assert.ThrowsAsync<ArgumentException>(
        () => CsvReader.OpenAsync(new MemoryStream("a\n"u8.ToArray()), "f.csv", new CsvReadOptions { Separator = separator, Quote = quote, Comment = comment }));

    [Fact]
    public async Task A_record_that_is_too_long_refuses_the_file_with_its_line()
    {
        var text = "a\nb\n\"" + new string('x', 5000) + "\"\nc\n";
        var error = await Assert.ThrowsAsync<SourceRefusedException>(
            () => Read(Encoding.UTF8.GetBytes(text), "f.csv", new CsvReadOptions { MaxRecordBytes = 1000 }));
        Assert.Equal(3, error.Line);
        Assert.Contains("1000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await Read(Encoding.UTF8.GetBytes(text), "f.csv", new CsvReadOptions { MaxRecordBytes = 5003 })).Count);
    }

    [Fact]
    public async Task An_unseekable_stream_is_read_once_when_it_is_not_checked_first()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => CsvReader.OpenAsync(Unseekable(), "f.csv"));
        await using var reader = await CsvReader.OpenAsync(Unseekable(), "f.csv", new CsvReadOptions { CheckFirst = false });
        Assert.Equal(Expected, await Rows.Of(reader.ReadAsync()));

        static Stream Unseekable() => new BrotliStream(new MemoryStream(Compress(Encoding.UTF8.GetBytes(Text), TextCompression.Brotli)), CompressionMode.Decompress);
    }

    [Fact]
    public void Random_and_damaged_bytes_are_read_or_refused_and_leave_no_memory_behind() => Fuzz(2000);

    [Fact]
    [Trait("Category", "Soak")]
    public void Many_random_and_damaged_bytes_are_read_or_refused_and_leave_no_memory_behind() => Fuzz(SoakSettings.Count);

    private static void Fuzz(int count) => Check.Sample(
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 5], Gen.Int[1, 100], Gen.Int[0, 1_000_000], Gen.Bool),
        (random, kind, chunk, seed, isChecked) =>
        {
            var dice = new Random(seed);
            var valid = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, dice.Next(1, 30)).Select(i => $"\"r{i}\",{i},1.5,2020-01-0{(i % 9) + 1}\n")));
            for (var i = dice.Next(5); i > 0; i--)
                valid[dice.Next(valid.Length)] = (byte)dice.Next(256);
            var bytes = kind switch { 0 => random, 1 => Compress(valid, TextCompression.Gzip), 2 => valid[..dice.Next(valid.Length)], _ => valid };
            if (kind == 1 && bytes.Length > 0)
                bytes[dice.Next(bytes.Length)] ^= (byte)dice.Next(256);
            var schema = new Schema(
                [new Field("a", StringType.Default, true), new Field("b", Int32Type.Default, false), new Field("c", DoubleType.Default, true), new Field("d", Date32Type.Default, true)], null);
            var options = new CsvReadOptions
            {
                Schema = schema,
                HasHeader = false,
                ChunkBytes = chunk,
                CheckFirst = isChecked,
                MaxRecordBytes = 300,
                BatchRows = 3,
                Compression = kind == 1 ? TextCompression.Gzip : TextCompression.None,
            };
            using var memory = new CountingAllocator();
            var rows = 0;
            try
            {
                Run().GetAwaiter().GetResult();
            }
            catch (SourceRefusedException e)
            {
                Assert.Equal("fuzz.csv", e.SourceName);
            }

            Assert.InRange(rows, 0, bytes.Length * 2);

            async Task Run()
            {
                await using var reader = await CsvReader.OpenAsync(new MemoryStream(bytes), "fuzz.csv", options);
                await foreach (var batch in reader.ReadAsync(memory, _ => rows++))
                {
                    using (batch)
                        rows += Rows.Of(batch).Count();
                }
            }
        },
        iter: count);

    [Fact]
    public async Task A_reader_left_in_the_middle_gives_all_memory_back()
    {
        using var memory = new CountingAllocator();
        var text = "a,b\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},x\n"));
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv", new CsvReadOptions { ChunkBytes = 64, BatchRows = 2 });
        await foreach (var batch in reader.ReadAsync(memory))
        {
            batch.Dispose();
            break;
        }

        Assert.Equal(0, memory.Live);
    }

    internal static byte[] Compress(byte[] bytes, TextCompression compression)
    {
        var to = new MemoryStream();
        using (Stream stream = compression switch
        {
            TextCompression.Gzip => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
            TextCompression.Zstandard => new ZstdSharp.CompressionStream(to, leaveOpen: true),
            TextCompression.Brotli => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(bytes);
        }

        return to.ToArray();
    }

    private static async Task<List<string>> Read(byte[] bytes, string name, CsvReadOptions? options = null)
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(bytes), name, options);
        return await Rows.Of(reader.ReadAsync(onReject: r => Assert.Fail(r.Reason)));
    }

    private static async Task<List<RecordBatch>> Batches(byte[] bytes, string name, CsvReadOptions options, Action<string> onReject)
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(bytes), name, options);
        var batches = new List<RecordBatch>();
        await foreach (var batch in reader.ReadAsync(onReject: r => onReject($"{r.Line} {r.Column} {r.Value}")))
            batches.Add(batch);
        return batches;
    }
}
