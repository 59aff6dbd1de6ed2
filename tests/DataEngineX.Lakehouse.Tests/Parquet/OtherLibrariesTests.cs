using DataEngineX.Lakehouse.Parquet;
using ParquetReader = global::Parquet.ParquetReader;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>Two more libraries read what we write, and we read what they write.</summary>
public sealed class OtherLibrariesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Snappy)]
    [InlineData(ParquetCompression.Zstd)]
    public async Task ParquetSharp_reads_our_files(ParquetCompression compression)
    {
        using var batch = AllTypes.Make(20_000, 9, 0.2);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { Compression = compression, RowGroupRows = 7000 });
        await File.WriteAllBytesAsync(_folder["ours.parquet"], bytes);
        using var reader = new ParquetSharp.Arrow.FileReader(_folder["ours.parquet"]);
        using var batches = reader.GetRecordBatchReader();
        var rows = new List<string>();
        while (await batches.ReadNextRecordBatchAsync() is { } read)
        {
            using (read)
                rows.AddRange(Rows.Of(read));
        }

        Assert.Equal(Rows.Of(batch), rows);
    }

    [Theory]
    [InlineData(ParquetSharp.Compression.Snappy, true, true)]
    [InlineData(ParquetSharp.Compression.Zstd, false, true)]
    [InlineData(ParquetSharp.Compression.Uncompressed, false, false)]
    public async Task We_read_the_files_of_ParquetSharp(ParquetSharp.Compression compression, bool isV2, bool dictionary)
    {
        using var batch = AllTypes.Make(20_000, 10, 0.2);
        var properties = new ParquetSharp.WriterPropertiesBuilder().Compression(compression).DataPagesize(10_000).EnableWritePageIndex();
        if (isV2)
            properties = properties.Version(ParquetSharp.ParquetVersion.PARQUET_2_6);
        if (!dictionary)
            properties = properties.DisableDictionary();
        using (var built = properties.Build())
        using (var writer = new ParquetSharp.Arrow.FileWriter(_folder["theirs.parquet"], batch.Schema, built))
        {
            writer.WriteRecordBatch(batch);
            writer.Close();
        }

        await using var reader = await ParquetFileReader.OpenAsync(File.OpenRead(_folder["theirs.parquet"]), "theirs.parquet");
        Assert.Equal(Rows.Of(batch), await Rows.Of(reader.ReadAsync(new ParquetReadOptions { BatchRows = 999 })));
    }

    [Fact]
    public async Task ParquetNet_reads_our_files()
    {
        using var batch = AllTypes.Make(3000, 9, 0.2);
        var (bytes, _) = ParquetRoundTripTests.Write([batch], new ParquetWriteOptions { RowGroupRows = 1000 });
        using var stream = new MemoryStream(bytes);
        await using var reader = await ParquetReader.CreateAsync(stream);
        Assert.Equal(3, reader.RowGroupCount);
        var field = reader.Schema.GetDataFields().Single(f => f.Name == "required");
        var numbers = new List<long>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var values = new long[group.RowCount];
            await group.ReadRawAsync(field, values.AsMemory(), null, null, CancellationToken.None);
            numbers.AddRange(values);
        }

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i), numbers);
    }
}
