using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Sources;

namespace DataEngineX.Lakehouse.Ipc;

/// <summary>Writes an Arrow IPC file or stream.</summary>
internal sealed class IpcEncoder : IFileEncoder
{
    private readonly ArrowStreamWriter _writer;
    private readonly MemoryAllocator _allocator;

    internal IpcEncoder(Stream stream, Schema schema, IpcWriteOptions options, MemoryAllocator allocator)
    {
        _allocator = allocator;
        var plain = Dictionaries.Decode(schema);
        var ipc = new IpcOptions();
        if (options.Compression != IpcCompression.None)
        {
            ipc.CompressionCodecFactory = new CompressionCodecFactory();
            ipc.CompressionCodec = options.Compression == IpcCompression.Lz4 ? CompressionCodecType.Lz4Frame : CompressionCodecType.Zstd;
        }

        _writer = options.AsStream
            ? new ArrowStreamWriter(stream, plain, leaveOpen: true, ipc)
            : new ArrowFileWriter(stream, plain, leaveOpen: true, ipc);
    }

    /// <summary>Arrow's writer puts the dictionaries of the first batch into a file and no others: values are written out.</summary>
    public async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using var plain = Dictionaries.Decode(batch, _allocator);
        await _writer.WriteRecordBatchAsync(plain, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        await _writer.WriteStartAsync(cancellationToken).ConfigureAwait(false);
        await _writer.WriteEndAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }
}
