namespace DataEngineX.Lakehouse.Sources;

/// <summary>A file as <see cref="FileFolderSource"/> yields it.</summary>
/// <param name="Path">The file's name, without the folder.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Modified">When it was last written, by the file system.</param>
/// <param name="Content">All of it.</param>
public sealed record ReceivedFile(string Path, long Size, DateTimeOffset Modified, byte[] Content);
