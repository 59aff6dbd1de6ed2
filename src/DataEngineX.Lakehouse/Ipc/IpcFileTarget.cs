using Apache.Arrow;
using Apache.Arrow.Memory;
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
        ValueTask.FromResult<IFileEncoder>(new IpcEncoder(stream, schema, _options, allocator));

    private protected override async ValueTask<IReadOnlyDictionary<string, string>> ReadMetadataAsync(
        Stream stream, string name, CancellationToken cancellationToken)
    {
        using var reader = await IpcReader.OpenAsync(stream, name, MemoryAllocator.Default.Value, cancellationToken).ConfigureAwait(false);
        return reader.Schema.Metadata ?? new Dictionary<string, string>();
    }
}
