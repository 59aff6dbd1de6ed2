using System.Globalization;
using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet;
using DuckDB.NET.Data;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>What another engine wrote is read, written by us, and read by that engine: it must find its own rows again.</summary>
public sealed class InteropTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DuckDBConnection _duck = new("DataSource=:memory:");

    public InteropTests() => _duck.Open();

    public void Dispose()
    {
        _duck.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("V1", "snappy", 4000, 2048)]
    [InlineData("V2", "uncompressed", 4000, 4096)]
    [InlineData("V2", "zstd", 3000, 2048)]
    [InlineData("V1", "gzip", 300, 2048)]
    [InlineData("V1", "lz4_raw", 300, 2048)]
    [InlineData("V2", "brotli", 300, 2048)]
    [InlineData("V1", "snappy", 1, 2048)]
    [InlineData("V1", "snappy", 0, 2048)]
    public async Task Every_type_flat_or_nested_comes_back(string version, string codec, int rows, int groupRows)
    {
        var (theirs, ours) = (_folder["theirs.parquet"], _folder["ours.parquet"]);
        Execute($"COPY ({NestedSamples.Sql(rows)}) TO '{theirs}' (FORMAT parquet, CODEC '{codec}', PARQUET_VERSION {version}, ROW_GROUP_SIZE {groupRows})");
        using var memory = new CountingAllocator();
        await using (var reader = await ParquetFileReader.OpenAsync(File.OpenRead(theirs), theirs))
        {
            Assert.Equal(rows, reader.RowCount);
            await using var file = File.Create(ours);
            var options = new ParquetWriteOptions { RowGroupRows = 1500, Compression = ParquetCompression.Zstd };
            await using var writer = await ParquetFileWriter.CreateAsync(file, reader.Schema, options);
            await foreach (var batch in reader.ReadAsync(new ParquetReadOptions { Allocator = memory, BatchRows = 700 }))
            {
                using (batch)
                    await writer.WriteAsync(batch);
            }

            await writer.FinishAsync();
        }

        Assert.Equal(rows, Number($"SELECT count(*) FROM '{ours}'"));
        Assert.Equal(0, Number($"SELECT count(*) FROM (SELECT * FROM '{theirs}' EXCEPT ALL SELECT * FROM '{ours}')"));
        Assert.Equal(0, Number($"SELECT count(*) FROM (SELECT * FROM '{ours}' EXCEPT ALL SELECT * FROM '{theirs}')"));
    }

    [Fact]
    public async Task Another_engine_skips_by_our_statistics_and_finds_every_row()
    {
        using var batch = AllTypes.Make(50_000, 3, 0.1);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 10_000 });
        await File.WriteAllBytesAsync(_folder["ours.parquet"], bytes);
        var texts = (StringArray)batch.Column("s");
        var wanted = Enumerable.Range(0, batch.Length).Where(texts.IsValid).Select(i => texts.GetString(i)).GroupBy(t => t).OrderBy(g => g.Count()).First();
        Assert.Equal(wanted.Count(), Number($"SELECT count(*) FROM '{_folder["ours.parquet"]}' WHERE s = '{wanted.Key}'"));
        Assert.Equal(1, Number($"SELECT count(*) FROM '{_folder["ours.parquet"]}' WHERE required = 34567"));
    }

    [Fact]
    public async Task A_dictionary_that_was_given_up_in_the_middle_is_read()
    {
        Execute($"COPY (SELECT CASE WHEN i < 20000 THEN 'k' || (i % 10) ELSE 'long text number ' || i END AS t, i FROM range(60000) r(i)) "
            + $"TO '{_folder["t.parquet"]}' (FORMAT parquet, ROW_GROUP_SIZE 60000)");
        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["t.parquet"]), "t.parquet");
        var row = 0;
        await foreach (var batch in reader.ReadAsync(new ParquetReadOptions { BatchRows = 7001 }))
        {
            using (batch)
            {
                var texts = (StringArray)batch.Column(0);
                for (var i = 0; i < batch.Length; i++, row++)
                    Assert.Equal(row < 20000 ? $"k{row % 10}" : $"long text number {row}", texts.GetString(i));
            }
        }

        Assert.Equal(60000, row);
    }

    private void Execute(string sql)
    {
        using var command = _duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = _duck.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
