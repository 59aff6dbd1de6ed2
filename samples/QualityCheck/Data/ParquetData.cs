using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet;

namespace QualityCheck.Data;

/// <summary>A Parquet file.</summary>
internal sealed class ParquetData(ParquetFileReader reader) : IData
{
    public Schema Schema => reader.Schema;

    public static async Task<ParquetData> OpenAsync(string path, CancellationToken cancellationToken) =>
        new(await ParquetFileReader.OpenAsync(File.OpenRead(path), path, cancellationToken));

    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) => reader.ReadAsync(null, cancellationToken);

    public ValueTask DisposeAsync() => reader.DisposeAsync();
}
