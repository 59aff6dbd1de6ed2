using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Parquet;

public sealed class ParquetPruningTests : IAsyncLifetime
{
    private const int RowCount = 300_000;

    private readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        var schema = new Schema(
            [
                new Field("n", Int64Type.Default, false), new Field("text", StringType.Default, true), new Field("noise", DoubleType.Default, true),
            ],
            null);
        var n = new Int64Array.Builder();
        var text = new StringArray.Builder();
        var noise = new DoubleArray.Builder();
        var random = new Random(1);
        for (var i = 0; i < RowCount; i++)
        {
            n.Append(i);
            _ = i < 200_000 ? text.Append($"t{i:D7}") : text.AppendNull();
            noise.Append(random.NextDouble());
        }

        using var batch = new RecordBatch(schema, [n.Build(), text.Build(), noise.Build()], RowCount);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 100_000 });
        await File.WriteAllBytesAsync(_folder["f.parquet"], bytes);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Only_the_pages_that_can_match_are_read()
    {
        var all = await Read(null);
        var some = await Read(Col("n") == Lit(123_456));
        Assert.Equal((3L, 0L, 0L), (all.Counts.RowGroups, all.Counts.RowGroupsPruned, all.Counts.RowsPruned));
        Assert.Equal((1L, 2L), (some.Counts.RowGroups, some.Counts.RowGroupsPruned));
        Assert.Equal(RowCount, all.Rows.Count);
        Assert.InRange(some.Rows.Count, 1, 16_384);
        Assert.Equal(RowCount - some.Rows.Count, some.Counts.RowsPruned);
        Assert.Contains(123_456L, some.Rows);
        Assert.True(some.Counts.Bytes * 8 < all.Counts.Bytes, $"{some.Counts.Bytes} of {all.Counts.Bytes} bytes were read");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task No_row_that_satisfies_the_condition_is_left_out(int kind)
    {
        Func<int, bool> holds = kind switch
        {
            1 => i => i is >= 70_000 and < 120_000,
            2 => i => i < 10 || i > 299_990,
            3 => i => i is 99_999 or 100_000,
            4 => i => i >= 200_000,
            5 => i => i is > 150_000 and < 200_000,
            _ => i => i is 17 or 250_000,
        };
        var condition = kind switch
        {
            1 => (Col("n") >= Lit(70_000)) & (Col("n") < Lit(120_000)),
            2 => (Col("n") < Lit(10)) | (Col("n") > Lit(299_990)),
            3 => (Col("n") == Lit(99_999)) | (Col("text") == Lit("t0100000")),
            4 => Col("text").IsNull(),
            5 => (Col("text") > Lit("t0150000")) & Col("text").IsNotNull(),
            _ => (Col("n") == Lit(17)) | (Col("n") == Lit(250_000)),
        };
        var (rows, counts) = await Read(condition);
        Assert.Equal(Enumerable.Range(0, RowCount).Where(holds).Select(i => (long)i), rows.Where(i => holds((int)i)));
        Assert.True(rows.Count < RowCount / 2, $"{rows.Count} rows were read");
        Assert.Equal(RowCount - rows.Count, counts.RowsPruned);
    }

    [Fact]
    public async Task Projection_reads_the_bytes_of_the_columns_wanted_only()
    {
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["f.parquet"]), "f.parquet");
        var columns = new Schema([reader.Schema.GetFieldByName("n")], null);
        await foreach (var batch in reader.ReadAsync(new ParquetReadOptions { Columns = columns }))
            batch.Dispose();
        Assert.True(reader.Counts.Bytes * 2 < new FileInfo(_folder["f.parquet"]).Length);
    }

    [Fact]
    public async Task Row_groups_are_read_by_several_threads_at_once()
    {
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["f.parquet"]), "f.parquet");
        using var memory = new CountingAllocator();
        var sums = await Task.WhenAll(Enumerable.Range(0, 12).Select(k => Task.Run(async () =>
        {
            long sum = 0;
            await foreach (var batch in reader.ReadRowGroupAsync(k % 3, new ParquetReadOptions { Allocator = memory, BatchRows = 10_000 }))
            {
                using (batch)
                {
                    foreach (var value in ((Int64Array)batch.Column(0)).Values)
                        sum += value;
                }
            }

            return sum;
        })));
        Assert.Equal(4L * RowCount * (RowCount - 1) / 2, sums.Sum());
    }

    private async Task<(List<long> Rows, ParquetReadCounts Counts)> Read(Expr? predicate)
    {
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["f.parquet"]), "f.parquet");
        var rows = new List<long>();
        await foreach (var batch in reader.ReadAsync(new ParquetReadOptions { Predicate = predicate }))
        {
            using (batch)
            {
                var numbers = (Int64Array)batch.Column("n");
                var texts = (StringArray)batch.Column("text");
                for (var i = 0; i < batch.Length; i++)
                {
                    var number = numbers.Values[i];
                    Assert.Equal(number < 200_000 ? $"t{number:D7}" : null, texts.GetString(i));
                    rows.Add(number);
                }
            }
        }

        return (rows, reader.Counts);
    }
}
