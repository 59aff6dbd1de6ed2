namespace DataEngineX.Lakehouse.Sources;

/// <summary>A file or object to be read.</summary>
/// <param name="Name">The name under which rows and errors know it.</param>
/// <param name="Bytes">Its length as it is stored.</param>
/// <param name="OpenAsync">Opens it; the caller disposes the stream.</param>
internal sealed record ScanFile(string Name, long Bytes, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    /// <summary>The key of an object, under which it can be read again whenever it was refused; null for a file of the local disk, which may be another by then.</summary>
    internal string? Key { get; init; }

    internal static ScanFile Of(FileInfo file) => new(file.Name, file.Length, _ => ValueTask.FromResult<Stream>(PinnedFiles.Open(file)));
}
