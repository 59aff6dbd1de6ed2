using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tests.Parquet;

public sealed class ParquetRoundTripTests
{
    [Fact]
    public void Every_type_is_read_back_as_it_was_whatever_the_batches_row_groups_and_compression() => Check.Sample(
        Gen.Select(AllTypes.Batches(60).Array[0, 4], Gen.Int[1, 50], Gen.Int[1, 40], Gen.Enum<ParquetCompression>()),
        (batches, groupRows, batchRows, compression) =>
        {
            using var memory = new CountingAllocator();
            var expected = batches.SelectMany(Rows.Of).ToList();
            var (bytes, statistics) = Write(batches, new ParquetWriteOptions { RowGroupRows = groupRows, Compression = compression });
            Assert.Equal(expected.Count, statistics.RowCount);
            var (rows, schema, sizes) = Read(bytes, memory, batchRows);
            Assert.Equal(expected, rows);
            Assert.All(sizes, s => Assert.InRange(s, 1, Math.Min(batchRows, groupRows)));
            Assert.Equal(
                AllTypes.Schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)} {f.IsNullable}"),
                schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)} {f.IsNullable}"));
        },
        iter: 60);

    [Fact]
    public void Sliced_batches_are_written_by_their_own_rows() => Check.Sample(
        Gen.Select(AllTypes.Batches(40), Gen.Int[0, 40], Gen.Int[0, 40]),
        (batch, a, b) =>
        {
            var start = Math.Min(a, batch.Length);
            using var slice = batch.SliceShared(start, Math.Min(b, batch.Length - start));
            var (bytes, statistics) = Write([slice], new ParquetWriteOptions());
            using var memory = new CountingAllocator();
            Assert.Equal(Rows.Of(slice), Read(bytes, memory, 1000).Rows);
            Assert.Equal(Enumerable.Range(0, slice.Length).Count(i => slice.Column(7).IsNull(i)), statistics.Columns["s"].NullCount);
        },
        iter: 60);

    [Fact]
    public void Statistics_bound_every_value() => Check.Sample(
        AllTypes.Batches(40),
        batch =>
        {
            var (_, statistics) = Write([batch], new ParquetWriteOptions());
            var longs = ((Int64Array)batch.Column("i64")).Where(v => v is not null).ToList();
            Assert.Equal(longs.Count == 0 ? null : longs.Min(), statistics.Columns["i64"].Min);
            Assert.Equal(longs.Count == 0 ? null : longs.Max(), statistics.Columns["i64"].Max);
            Assert.Equal(batch.Length - longs.Count, statistics.Columns["i64"].NullCount);
            var texts = (StringArray)batch.Column("s");
            for (var i = 0; i < texts.Length; i++)
            {
                if (texts.IsNull(i))
                    continue;
                Assert.True(string.CompareOrdinal((string)statistics.Columns["s"].Min!, texts.GetString(i)) <= 0);
                Assert.True(string.CompareOrdinal((string)statistics.Columns["s"].Max!, texts.GetString(i)) >= 0);
            }
        },
        iter: 60);

    [Fact]
    public void A_long_text_is_bounded_by_a_prefix_and_a_raised_prefix()
    {
        var text = new string('z', 40);
        var schema = new Schema([new Field("s", StringType.Default, true), new Field("d", DoubleType.Default, true)], null);
        using var batch = new RecordBatch(
            schema, [new StringArray.Builder().Append(text).Build(), new DoubleArray.Builder().Append(double.NaN).Build()], 1);
        var (_, statistics) = Write([batch], new ParquetWriteOptions());
        Assert.Equal(new string('z', 32), statistics.Columns["s"].Min);
        Assert.Equal(new string('z', 31) + "{", statistics.Columns["s"].Max);
        Assert.Null(statistics.Columns["d"].Max);
    }

    [Fact]
    public async Task Selected_columns_come_in_the_order_asked_for_and_missing_ones_are_null()
    {
        using var batch = AllTypes.Make(3, 1, 0);
        var (bytes, _) = Write([batch], new ParquetWriteOptions());
        await using var reader = await ParquetFileReader.OpenAsync(new MemoryStream(bytes), "f.parquet");
        var wanted = new Schema(
            [new Field("required", Int64Type.Default, false), new Field("new", StringType.Default, true), new Field("i32", Int64Type.Default, true)], null);
        var rows = await Rows.Of(reader.ReadAsync(new ParquetReadOptions { Columns = wanted }));
        Assert.Equal(Enumerable.Range(0, 3).Select(i => $"{i}|null|{((Int32Array)batch.Column("i32")).Values[i]}"), rows);
        var missing = new Schema([new Field("must", StringType.Default, false)], null);
        await Assert.ThrowsAsync<MalformedDataException>(() => Rows.Of(reader.ReadAsync(new ParquetReadOptions { Columns = missing })));
    }

    [Fact]
    public async Task Null_in_a_required_column_is_refused_and_names_the_column()
    {
        var schema = new Schema([new Field("key", Int64Type.Default, false)], null);
        using var batch = new RecordBatch(schema, [new Int64Array.Builder().AppendNull().Build()], 1);
        await using var writer = await ParquetFileWriter.CreateAsync(new MemoryStream(), schema);
        await writer.WriteAsync(batch);
        var error = await Assert.ThrowsAsync<MalformedDataException>(async () => await writer.FinishAsync());
        Assert.Equal("key", error.Column);
    }

    [Fact]
    public async Task What_is_no_parquet_file_is_an_error_that_names_the_file()
    {
        foreach (var bytes in new[] { System.Array.Empty<byte>(), "PAR1PAR1"u8.ToArray(), new byte[1000] })
        {
            var error = await Assert.ThrowsAsync<MalformedDataException>(() => ParquetFileReader.OpenAsync(new MemoryStream(bytes), "odd.parquet"));
            Assert.Contains("odd.parquet", error.Message, StringComparison.Ordinal);
        }
    }

    internal static (byte[] Bytes, FileStatistics Statistics) Write(IReadOnlyList<RecordBatch> batches, ParquetWriteOptions options)
    {
        return Run().GetAwaiter().GetResult();

        async Task<(byte[], FileStatistics)> Run()
        {
            using var stream = new MemoryStream();
            await using var writer = await ParquetFileWriter.CreateAsync(stream, AllTypesOr(batches), options);
            foreach (var batch in batches)
                await writer.WriteAsync(batch);
            var statistics = await writer.FinishAsync();
            return (stream.ToArray(), statistics);
        }
    }

    private static Schema AllTypesOr(IReadOnlyList<RecordBatch> batches) => batches.Count == 0 ? AllTypes.Schema : batches[0].Schema;

    private static (List<string> Rows, Schema Schema, List<int> Sizes) Read(byte[] bytes, CountingAllocator memory, int batchRows)
    {
        return Run().GetAwaiter().GetResult();

        async Task<(List<string>, Schema, List<int>)> Run()
        {
            var rows = new List<string>();
            var sizes = new List<int>();
            await using var reader = await ParquetFileReader.OpenAsync(new MemoryStream(bytes), "f.parquet");
            await foreach (var batch in reader.ReadAsync(new ParquetReadOptions { Allocator = memory, BatchRows = batchRows }))
            {
                using (batch)
                    rows.AddRange(Rows.Of(batch));
                sizes.Add(batch.Length);
            }

            return (rows, reader.Schema, sizes);
        }
    }
}
