using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Storage;

/// <summary>
/// The files of the local disk as a store that is only read and makes nothing. Keys are full paths with '/', so that messages name files as people
/// do; what a log names by a whole path is found too.
/// </summary>
internal sealed class DiskFiles : IObjectStore
{
    private static readonly string Root = Path.GetPathRoot(Path.GetFullPath(".")) ?? "/";

    internal static DiskFiles Instance { get; } = new();

    public Uri Location { get; } = new(Root);

    /// <summary>The key of a path.</summary>
    internal static string KeyOf(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)).Replace(Path.DirectorySeparatorChar, '/');

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(Read(key, path => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16)));
    }

    public async ValueTask<int> ReadRangeAsync(string key, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        using var handle = Read(key, path => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.Asynchronous));
        var total = 0;
        while (total < destination.Length)
        {
            var read = await RandomAccess.ReadAsync(handle, destination[total..], offset + total, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var info in Read(prefix, _ => Collect(prefix)).Where(i => string.CompareOrdinal(i.Key, startAfter) > 0).OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return info;
        }
    }

    public ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default)
    {
        var file = new FileInfo(PathOf(key));
        return ValueTask.FromResult(file.Exists ? new ObjectInfo(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null);
    }

    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) => throw ReadOnly(key);

    public ValueTask PutAsync(string key, Stream content, CancellationToken cancellationToken = default) => throw ReadOnly(key);

    public ValueTask<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) => throw ReadOnly(key);

    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default) => throw ReadOnly(key);

    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => throw ReadOnly(key);

    private static List<ObjectInfo> Collect(string prefix)
    {
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        if (!Directory.Exists(PathOf(folder)))
            return [];
        return
        [
            .. new DirectoryInfo(PathOf(folder)).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(f => new ObjectInfo(folder + Path.GetRelativePath(PathOf(folder), f.FullName).Replace(Path.DirectorySeparatorChar, '/'), f.Length, f.LastWriteTimeUtc))
                .Where(i => i.Key.StartsWith(prefix, StringComparison.Ordinal)),
        ];
    }

    private T Read<T>(string key, Func<string, T> read)
    {
        try
        {
            return read(PathOf(key));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ObjectNotFoundException.For(Location, key, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataEngineXException($"{key} cannot be read: {e.Message}", e);
        }
    }

    // A path that a log names wholly comes without the root of the store.
    private static string PathOf(string key) => Path.IsPathRooted(key) ? key : Path.Combine(Root, key);

    private static DataEngineXException ReadOnly(string key) => new($"{key} cannot be written: tables that are opened by their path are only read.");
}
