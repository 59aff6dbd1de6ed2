using Apache.Arrow;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Turns batches into the bytes of one file.</summary>
internal interface IFileEncoder : IAsyncDisposable
{
    /// <summary>Writes a batch, which is borrowed.</summary>
    ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes what must stand at the end.</summary>
    ValueTask FinishAsync(CancellationToken cancellationToken);
}
