using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Csv;
using Sylvan.Data.Csv;

namespace DataEngineX.Lakehouse.Tests.Csv;

public sealed class CsvRoundTripTests
{
    private static readonly string[] Awkward = ["", "\"", "\"\"", ",", "\r\n", "x", "null"];

    private static readonly Gen<string> Cell = Gen.OneOf(
        Gen.String[Gen.Char["ab ,;\"\r\n\té€"], 0, 8], Gen.Int[0, 6].Select(i => Awkward[i]));

    [Fact]
    public void What_the_writer_wrote_the_reader_reads_back_and_another_parser_agrees() => Check.Sample(
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 20]).SelectMany((columns, rows) => Gen.Select(Cell.Array[columns].Array[rows], Gen.Const(columns))),
        (rows, columns) =>
        {
            var schema = new Schema(Enumerable.Range(0, columns).Select(i => new Field($"c{i}", StringType.Default, true)), null);
            var arrays = Enumerable.Range(0, columns).Select(i =>
            {
                var builder = new StringArray.Builder();
                foreach (var row in rows)
                    builder.Append(row[i]);
                return (IArrowArray)builder.Build();
            });
            using var batch = new RecordBatch(schema, arrays, rows.Length);
            var bytes = Write(batch);
            Assert.Equal(rows, ReadTexts(bytes, columns));
            using var other = CsvDataReader.Create(new StringReader(Encoding.UTF8.GetString(bytes)), new CsvDataReaderOptions { Delimiter = ',' });
            for (var r = 0; other.Read(); r++)
                Assert.Equal(rows[r], Enumerable.Range(0, columns).Select(i => other.GetString(i).ReplaceLineEndings("\n")), (a, b) => a.ReplaceLineEndings("\n") == b);
        },
        iter: 300);

    [Fact]
    public void Typed_values_survive_the_text_form() => Check.Sample(
        Gen.Select(Gen.Double[-1e12, 1e12], Gen.Long, Gen.Int[-100_000, 100_000], Gen.Long[-60_000_000_000_000_000, 60_000_000_000_000_000], Gen.Bool),
        (number, whole, day, micros, truth) =>
        {
            var schema = new Schema(
                [
                    new Field("d", DoubleType.Default, true), new Field("l", Int64Type.Default, true), new Field("day", Date32Type.Default, true),
                    new Field("t", ArrowTypes.TimestampUtc, true), new Field("b", BooleanType.Default, true),
                ],
                null);
            using var batch = new RecordBatch(
                schema,
                [
                    new DoubleArray.Builder().Append(number).AppendNull().Build(), new Int64Array.Builder().Append(whole).AppendNull().Build(),
                    new Date32Array.Builder().Append(DateTime.UnixEpoch.AddDays(day)).AppendNull().Build(),
                    new TimestampArray.Builder(ArrowTypes.TimestampUtc).Append(DateTimeOffset.UnixEpoch.AddTicks(micros * 10)).AppendNull().Build(),
                    new BooleanArray.Builder().Append(truth).AppendNull().Build(),
                ],
                2);
            var reader = CsvReader.OpenAsync(new MemoryStream(Write(batch)), "f.csv", new CsvReadOptions { Schema = schema }).GetAwaiter().GetResult();
            var read = Rows.Of(reader.ReadAsync()).GetAwaiter().GetResult();
            Assert.Equal(Rows.Of(batch), read);
        },
        iter: 300);

    private static byte[] Write(RecordBatch batch)
    {
        using var stream = new MemoryStream();
        var writer = new Lakehouse.Csv.CsvWriter(stream, batch.Schema);
        writer.WriteAsync(batch).AsTask().GetAwaiter().GetResult();
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return stream.ToArray();
    }

    private static string[][] ReadTexts(byte[] bytes, int columns)
    {
        var rows = new List<string[]>();
        Run().GetAwaiter().GetResult();
        return [.. rows];

        async Task Run()
        {
            await using var reader = await CsvReader.OpenAsync(new MemoryStream(bytes), "f.csv", new CsvReadOptions { BatchRows = 7 });
            await foreach (var batch in reader.ReadAsync(onReject: r => Assert.Fail(r.Reason)))
            {
                for (var row = 0; row < batch.Length; row++)
                    rows.Add([.. Enumerable.Range(0, columns).Select(i => ((StringArray)batch.Column(i)).GetString(row))]);
                batch.Dispose();
            }
        }
    }
}
