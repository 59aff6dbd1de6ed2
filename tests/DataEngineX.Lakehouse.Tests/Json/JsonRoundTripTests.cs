using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Json;

namespace DataEngineX.Lakehouse.Tests.Json;

public sealed class JsonRoundTripTests
{
    private static readonly Schema Nested = new(
        [
            new Field("text", StringType.Default, true), new Field("whole", Int64Type.Default, true), new Field("number", DoubleType.Default, true),
            new Field("truth", BooleanType.Default, true), new Field("day", Date32Type.Default, true), new Field("at", ArrowTypes.TimestampUtc, true),
            new Field("bytes", BinaryType.Default, true), new Field("amount", new Decimal128Type(12, 3), true),
            new Field("where", new StructType([new Field("lat", DoubleType.Default, true), new Field("names", new ListType(new Field("item", StringType.Default, true)), true)]), true),
        ],
        null);

    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab\"\\\n\r\t\u0001é€/,;"], 0, 12];

    [Fact]
    public void What_the_writer_wrote_is_json_and_the_reader_reads_it_back() => Check.Sample(
        Gen.Select(Text, Gen.Long, Gen.Double[-1e300, 1e300], Gen.Int[-700_000, 2_900_000], Gen.Byte.Array[0, 9], Gen.Bool, Gen.Int[0, 1 << 9]).Array[1, 8],
        values =>
        {
            var lines = string.Concat(values.Select(v => Line(v.Item1, v.Item2, v.Item3, v.Item4, v.Item5, v.Item6, v.Item7) + "\n"));
            using var first = Read(lines);
            var written = Write(first);
            foreach (var line in written.TrimEnd('\n').Split('\n'))
                JsonDocument.Parse(line).Dispose();
            using var second = Read(written);
            Assert.Equal(Enumerable.Range(0, first.Length).Select(r => JsonRows.Of(first, r)), Enumerable.Range(0, second.Length).Select(r => JsonRows.Of(second, r)));
            Assert.Equal(values.Length, second.Length);
            Assert.Equal(written, Write(second));
        },
        iter: 300);

    [Fact]
    public async Task Csv_holds_nested_values_as_json_and_binary_as_base64()
    {
        using var batch = Read("""{"text":"a,b","bytes":"AQID","where":{"lat":1.5,"names":["x\"y",null]},"amount":1.25}""" + "\n{}\n");
        using var stream = new MemoryStream();
        await using (var writer = new CsvWriter(stream, batch.Schema, new CsvWriteOptions { NullText = "NA" }))
            await writer.WriteAsync(batch);
        Assert.Equal(
            "text,whole,number,truth,day,at,bytes,amount,where\n"
            + "\"a,b\",NA,NA,NA,NA,NA,AQID,1.250,\"{\"\"lat\"\":1.5,\"\"names\"\":[\"\"x\\\"\"y\"\",null]}\"\n"
            + "NA,NA,NA,NA,NA,NA,NA,NA,NA\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task Every_kind_of_column_can_be_written()
    {
        var words = new StringArray.Builder().Append("x").Append("y").Build();
        IArrowArray[] arrays =
        [
            new Time32Array.Builder(TimeUnit.Millisecond).Append(3_723_004).Build(), new Time64Array.Builder(TimeUnit.Nanosecond).Append(1).Build(),
            new TimestampArray.Builder(TimeUnit.Second).Append(DateTimeOffset.UnixEpoch.AddSeconds(-1)).Build(), new FloatArray.Builder().Append(0.1f).Build(),
            new DoubleArray.Builder().Append(double.NaN).Build(), new UInt64Array.Builder().Append(ulong.MaxValue).Build(), new Int8Array.Builder().Append(-128).Build(),
            new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false), new Int8Array.Builder().Append(1).Build(), words), new NullArray(1),
            new Date64Array.Builder().Append(new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc)).Build(),
        ];
        var schema = new Schema(arrays.Select((a, i) => new Field($"c{i}", a.Data.DataType, true)), null);
        using var batch = new RecordBatch(schema, arrays, 1);
        Assert.Equal(
            "{\"c0\":\"01:02:03.004\",\"c1\":\"00:00:00.000000001\",\"c2\":\"1969-12-31T23:59:59\",\"c3\":0.1,\"c4\":\"NaN\",\"c5\":18446744073709551615,\"c6\":-128,\"c7\":\"y\",\"c8\":null,\"c9\":\"2024-02-29\"}\n",
            Write(batch));
        using var stream = new MemoryStream();
        await using (var writer = new CsvWriter(stream, schema, new CsvWriteOptions { Header = false, NewLine = "\r\n" }))
            await writer.WriteAsync(batch);
        Assert.Equal("01:02:03.004,00:00:00.000000001,1969-12-31T23:59:59,0.1,NaN,18446744073709551615,-128,y,,2024-02-29\r\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Throws<ArgumentException>(() => new JsonLinesWriter(stream, new Schema([new Field("d", DurationType.Second, true)], null)));
    }

    private static string Line(string text, long whole, double number, int day, byte[] bytes, bool truth, int present)
    {
        var members = new List<string>
        {
            $"\"text\":{JsonSerializer.Serialize(text)}", $"\"whole\":{whole}", $"\"number\":{JsonSerializer.Serialize(number)}", $"\"truth\":{(truth ? "true" : "false")}",
            $"\"day\":\"{DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day):O}\"", $"\"at\":\"{DateTime.UnixEpoch.AddDays(day).AddMicroseconds(whole % 86_400_000_000):O}\"",
            $"\"bytes\":\"{Convert.ToBase64String(bytes)}\"", $"\"amount\":{whole % 1_000_000_000 / 1000m:F3}",
            $"\"where\":{{\"lat\":{JsonSerializer.Serialize(number)},\"names\":[{JsonSerializer.Serialize(text)},null]}}",
        };
        return "{" + string.Join(',', members.Where((_, i) => (present >> i & 1) == 1)) + "}";
    }

    private static RecordBatch Read(string text)
    {
        return Run().GetAwaiter().GetResult();

        async Task<RecordBatch> Run()
        {
            await using var reader = await JsonLinesReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.jsonl", new JsonReadOptions { Schema = Nested });
            var batches = new List<RecordBatch>();
            await foreach (var batch in reader.ReadAsync(onReject: r => Assert.Fail(r.Reason)))
                batches.Add(batch);
            return Assert.Single(batches);
        }
    }

    private static string Write(RecordBatch batch)
    {
        return Run().GetAwaiter().GetResult();

        async Task<string> Run()
        {
            using var stream = new MemoryStream();
            await using (var writer = new JsonLinesWriter(stream, batch.Schema))
                await writer.WriteAsync(batch);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }
}
