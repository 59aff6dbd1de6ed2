using DataEngineX.Lakehouse.Parquet;
using DuckDB.NET.Data;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>Damaged files give our error with the file's name, or rows; never a crash, a hang or memory that is not given back.</summary>
public sealed class ParquetFuzzTests : IDisposable
{
    private const int Mutations = 250;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("V1", "snappy")]
    [InlineData("V1", "uncompressed")]
    [InlineData("V2", "uncompressed")]
    [InlineData("V2", "zstd")]
    public async Task Damaged_files_of_another_engine_are_refused_or_read(string version, string codec) =>
        await DamageAsync(await DuckFileAsync(version, codec), version.Length + codec.Length, Mutations);

    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Snappy)]
    public Task Damaged_files_of_ours_are_refused_or_read(ParquetCompression compression) => DamageAsync(OwnFile(compression), (int)compression + 100, Mutations);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Many_damaged_files_are_refused_or_read()
    {
        byte[][] files =
        [
            await DuckFileAsync("V1", "snappy"), await DuckFileAsync("V1", "uncompressed"), await DuckFileAsync("V2", "uncompressed"),
            OwnFile(ParquetCompression.None), OwnFile(ParquetCompression.Snappy),
        ];
        foreach (var (number, file) in files.Index())
            await DamageAsync(file, SoakSettings.Seed + number, SoakSettings.Count / files.Length);
    }

    private async Task<byte[]> DuckFileAsync(string version, string codec)
    {
        await using (var duck = new DuckDBConnection("DataSource=:memory:"))
        {
            duck.Open();
            await using var command = duck.CreateCommand();
            command.CommandText = $"COPY ({NestedSamples.Sql(400)}) TO '{_folder["f.parquet"]}' (FORMAT parquet, CODEC '{codec}', PARQUET_VERSION {version})";
            await command.ExecuteNonQueryAsync();
        }

        return await File.ReadAllBytesAsync(_folder["f.parquet"]);
    }

    private static byte[] OwnFile(ParquetCompression compression)
    {
        using var batch = AllTypes.Make(500, 3, 0.2);
        return ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { Compression = compression, RowGroupRows = 300 }).Bytes;
    }

    /// <summary>Each page has a checksum.</summary>
    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Snappy)]
    public async Task A_bit_that_changed_in_a_page_of_ours_is_found(ParquetCompression compression)
    {
        var file = OwnFile(compression);
        var footer = BitConverter.ToInt32(file, file.Length - 8);
        async Task<List<string>> ReadAsync(byte[] bytes)
        {
            await using var reader = await ParquetFileReader.OpenAsync(new MemoryStream(bytes), "f.parquet");
            return await Rows.Of(reader.ReadAsync());
        }

        var (expected, random, refused) = (await ReadAsync(file), new Random(5), 0);
        for (var i = 0; i < Mutations; i++)
        {
            byte[] changed = [.. file];
            changed[random.Next(4, file.Length - 8 - footer)] ^= (byte)(1 << random.Next(8));
            try
            {
                Assert.Equal(expected, await ReadAsync(changed));
            }
            catch (MalformedDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Mutations / 2, Mutations);
    }

    [Fact]
    public async Task A_damaged_page_is_one_error_that_names_file_row_group_and_column()
    {
        using var batch = AllTypes.Make(500, 3, 0.2);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { Compression = ParquetCompression.None, RowGroupRows = 100 });
        bytes.AsSpan(4, 3).Fill(0xFF);
        await using var reader = await ParquetFileReader.OpenAsync(new MemoryStream(bytes), "orders.parquet");
        var error = await Assert.ThrowsAsync<MalformedDataException>(() => Rows.Of(reader.ReadAsync()));
        Assert.Equal("b", error.Column);
        Assert.StartsWith("Column 'b' of row group 0 of orders.parquet cannot be read:", error.Message, StringComparison.Ordinal);
    }

    private static async Task DamageAsync(byte[] good, int seed, int mutations)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < mutations; i++)
        {
            var bytes = Damage(good, random, i);
            using var memory = new CountingAllocator();
            var step = $"seed {seed}, mutation {i}";
            try
            {
                await using var reader = await ParquetFileReader.OpenAsync(new MemoryStream(bytes), "damaged.parquet");
                var predicate = i % 3 == 0 ? Col(reader.Schema.FieldsList[0].Name) > Lit(50) : null;
                await foreach (var batch in reader.ReadAsync(new ParquetReadOptions { Allocator = memory, BatchRows = 128, Predicate = predicate }))
                    batch.Dispose();
            }
            catch (DataEngineXException e)
            {
                refused++;
                Assert.True(e.Message.Contains("damaged.parquet", StringComparison.Ordinal) || e is not MalformedDataException, $"{step}: {e.Message}");
            }
            catch (Exception e)
            {
                Assert.Fail($"{step}: {e}");
            }
        }

        Assert.InRange(refused, mutations / 10, mutations);
    }

    private static byte[] Damage(byte[] good, Random random, int number)
    {
        if (number % 10 == 0)
            return good[..random.Next(good.Length)];
        var bytes = (byte[])good.Clone();

        // Half of the damage is done to the footer, where all numbers are.
        var from = number % 2 == 0 ? Math.Max(0, good.Length - 4000) : 0;
        for (var k = random.Next(1, 5); k > 0; k--)
            bytes[random.Next(from, bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
