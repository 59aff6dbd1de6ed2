using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Ipc;

/// <summary>Writes an Arrow IPC file of the local disk.</summary>
public sealed class IpcFileTarget : FileTarget
{
    private readonly IpcWriteOptions _options;

    /// <summary>Creates the target.</summary>
    /// <param name="path">The file; relative paths are taken from the current folder. The folder is made when it is missing.</param>
    /// <param name="options">How the file is written. <value>Default: null, the file format without compression.</value></param>
    public IpcFileTarget(string path, IpcWriteOptions? options = null)
        : base(path) => _options = options ?? new IpcWriteOptions();

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "ipc").Field("compression", _options.Compression.ToString()).Field("stream", _options.AsStream ? "true" : "false");
    }

    private protected override ValueTask<IFileEncoder> CreateAsync(
        Stream stream, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IFileEncoder>(new Encoder(stream, schema, _options, allocator));

    private protected override async ValueTask<IReadOnlyDictionary<string, string>> ReadMetadataAsync(
        Stream stream, string name, CancellationToken cancellationToken)
    {
        using var reader = await IpcReader.OpenAsync(stream, name, MemoryAllocator.Default.Value, cancellationToken).ConfigureAwait(false);
        return reader.Schema.Metadata ?? new Dictionary<string, string>();
    }

    private sealed class Encoder : IFileEncoder
    {
        private readonly ArrowStreamWriter _writer;
        private readonly MemoryAllocator _allocator;

        internal Encoder(Stream stream, Schema schema, IpcWriteOptions options, MemoryAllocator allocator)
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
}
