using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Storage;

/// <summary>
/// An object store in a folder of the local file system. A write goes to a temporary file in the target's folder, is flushed to disk, and
/// is then published under its name in one step; what a crash leaves behind is never listed and is harmless.
/// </summary>
public sealed class LocalObjectStore : IObjectStore
{
    private readonly string _root;

    /// <summary>Creates the store, and its folder where it is missing.</summary>
    /// <param name="root">The folder; relative paths are taken from the current folder.</param>
    /// <exception cref="DataEngineXException">The folder cannot be created or written.</exception>
    public LocalObjectStore(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        Location = new Uri(Path.EndsInDirectorySeparator(_root) ? _root : _root + Path.DirectorySeparatorChar);
        ProbeWritable();
    }

    /// <summary>The folder, as a full path.</summary>
    public string Root => _root;

    /// <inheritdoc />
    public Uri Location { get; }

    /// <inheritdoc />
    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var writer = await CreateAsync(key, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await writer.Stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async ValueTask PutAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var writer = await CreateAsync(key, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await content.CopyToAsync(writer.Stream, cancellationToken).ConfigureAwait(false);
            await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async ValueTask<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        if (File.Exists(path))
            return false;
        var writer = LocalObjectWriter.Start(key, path, this);
        await using (writer.ConfigureAwait(false))
        {
            await writer.Stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            return await writer.PublishAsync(replace: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ObjectWriter>(LocalObjectWriter.Start(key, path, this));
    }

    /// <inheritdoc />
    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult<Stream>(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                BufferSize = 1 << 16,
            }));
        }
        catch (Exception e) when (IsMissing(e))
        {
            throw ObjectNotFoundException.For(Location, key, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("read", key, e);
        }
    }

    /// <inheritdoc />
    public async ValueTask<int> ReadRangeAsync(string key, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var path = PathOf(key);
        try
        {
            using var handle = File.OpenHandle(path, options: FileOptions.Asynchronous, share: FileShare.Read | FileShare.Delete);
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
        catch (Exception e) when (IsMissing(e))
        {
            throw ObjectNotFoundException.For(Location, key, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("read", key, e);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectKey.ValidatePrefix(prefix);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var info in Collect(prefix, startAfter, cancellationToken))
            yield return info;
    }

    /// <inheritdoc />
    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!File.Exists(path))
                return ValueTask.FromResult(false);
            File.Delete(path);
            return ValueTask.FromResult(true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("delete", key, e);
        }
    }

    /// <inheritdoc />
    public ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = new FileInfo(PathOf(key));
        return ValueTask.FromResult(file.Exists ? new ObjectInfo(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null);
    }

    internal DataEngineXException Failed(string verb, string key, Exception cause) =>
        new($"Cannot {verb} '{key}' in {Location.LocalPath}: {cause.Message}", cause);

    /// <summary>Creates the folder of a path and makes the names of new folders durable, up to the root.</summary>
    internal void EnsureFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder))
            return;
        var created = new Stack<string>();
        for (var at = folder; at.Length >= _root.Length && !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
            created.Push(at);
        Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows())
            return;
        foreach (var at in created)
            PosixFiles.FlushDirectory(Path.GetDirectoryName(at)!);
    }

    private List<ObjectInfo> Collect(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        var slash = prefix.LastIndexOf('/');
        var folder = slash < 0 ? _root : Path.Combine(_root, prefix[..slash].Replace('/', Path.DirectorySeparatorChar));
        var found = new List<ObjectInfo>();
        if (!Directory.Exists(folder))
            return found;
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", all))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (file.Name.StartsWith(ObjectKey.ReservedPrefix, StringComparison.Ordinal))
                    continue;
                var key = Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if (!key.StartsWith(prefix, StringComparison.Ordinal) || string.CompareOrdinal(key, startAfter) <= 0 || !ObjectKey.IsValid(key))
                    continue;

                // A file deleted between being named and being looked at is simply not there.
                if (file.Exists)
                    found.Add(new ObjectInfo(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)));
            }
        }
        catch (DirectoryNotFoundException)
        {
            return found;
        }
        catch (FileNotFoundException)
        {
            return Collect(prefix, startAfter, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("list", prefix, e);
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return found;
    }

    private string PathOf(string key)
    {
        ObjectKey.Validate(key);

        // On Windows a colon would name a drive or a stream inside a file.
        if (OperatingSystem.IsWindows() && key.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException($"'{key}' cannot be a key of a local store on Windows: it holds ':'.", nameof(key));
        return Path.Combine(_root, OperatingSystem.IsWindows() ? key.Replace('/', '\\') : key);
    }

    private void ProbeWritable()
    {
        var probe = Path.Combine(_root, $"{ObjectKey.ReservedPrefix}{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(_root);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataEngineXException($"The folder '{_root}' cannot be written ({e.Message}). Choose another folder or grant this process write access.", e);
        }
    }

    private static bool IsMissing(Exception e) => e is FileNotFoundException or DirectoryNotFoundException;
}
