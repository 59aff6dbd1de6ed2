using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Ipc;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse;

internal sealed class IpcFolderFormat(IpcWriteOptions options) : FolderFormat
{
    internal override string Extension => options.AsStream ? ".arrows" : ".arrow";

    internal override void WriteCanonical(CanonicalWriter writer) =>
        writer.Field("format", "ipc").Field("compression", options.Compression.ToString()).Field("stream", options.AsStream ? "true" : "false");

    internal override void Check(Schema schema, string disposition)
    {
    }

    internal override ValueTask<IFileEncoder> CreateAsync(Stream stream, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IFileEncoder>(new IpcEncoder(stream, schema, options, allocator));
}
