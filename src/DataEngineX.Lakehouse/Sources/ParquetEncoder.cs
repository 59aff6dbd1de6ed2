using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Writes a Parquet file.</summary>
internal sealed class ParquetEncoder(ParquetFileWriter writer) : IFileEncoder
{
    public ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken) => writer.WriteAsync(batch, cancellationToken);

    public async ValueTask FinishAsync(CancellationToken cancellationToken) => await writer.FinishAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
