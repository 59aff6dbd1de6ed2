namespace DataEngineX.Lakehouse.Ipc;

/// <summary>How an Arrow IPC file is written.</summary>
public sealed record IpcWriteOptions
{
    /// <summary>The compression of all buffers.</summary>
    /// <value>None.</value>
    public IpcCompression Compression { get; init; }

    /// <summary>Whether the stream format is written, which can be read while it is written, rather than the file format, whose batches can be found.</summary>
    /// <value>False.</value>
    public bool AsStream { get; init; }
}
