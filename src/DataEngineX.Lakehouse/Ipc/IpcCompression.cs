namespace DataEngineX.Lakehouse.Ipc;

/// <summary>How the buffers of an Arrow IPC file are compressed.</summary>
public enum IpcCompression
{
    /// <summary>Not at all: the file is the memory.</summary>
    None,

    /// <summary>Fast.</summary>
    Lz4,

    /// <summary>Smaller, at some cost when writing.</summary>
    Zstd,
}
