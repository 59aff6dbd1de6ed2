namespace DataEngineX.Lakehouse.Storage;

/// <summary>Writes a temporary file beside its target and publishes it by link or rename.</summary>
internal sealed class LocalObjectWriter : ObjectWriter
{
    private readonly LocalObjectStore _store;
    private readonly string _target;
    private readonly string _temporary;
    private readonly LocalObjectStream _stream;
    private bool _done;

    private LocalObjectWriter(string key, string target, string temporary, FileStream file, LocalObjectStore store)
    {
        Key = key;
        _target = target;
        _temporary = temporary;
        _store = store;
        _stream = new LocalObjectStream(file, e => store.Failed("write", key, e));
    }

    public override string Key { get; }

    public override Stream Stream => _stream;

    public override async ValueTask<long> CommitAsync(CancellationToken cancellationToken = default)
    {
        await PublishAsync(replace: true, cancellationToken).ConfigureAwait(false);
        return new FileInfo(_target).Length;
    }

    public override async ValueTask DisposeAsync()
    {
        await _stream.AbandonAsync().ConfigureAwait(false);
        if (_done)
            return;
        _done = true;
        File.Delete(_temporary);
    }

    internal static LocalObjectWriter Start(string key, string target, LocalObjectStore store)
    {
        try
        {
            store.EnsureFolderOf(target);
            var temporary = Path.Combine(Path.GetDirectoryName(target)!, $"{ObjectKey.ReservedPrefix}{Path.GetRandomFileName()}");
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            return new LocalObjectWriter(key, target, temporary, file, store);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw store.Failed("write", key, e);
        }
    }

    internal async ValueTask<bool> PublishAsync(bool replace, CancellationToken cancellationToken)
    {
        if (_done)
            throw new InvalidOperationException($"The write of '{Key}' is already finished.");
        cancellationToken.ThrowIfCancellationRequested();
        await _stream.FinishAsync().ConfigureAwait(false);
        try
        {
            var published = Publish(replace);
            _done = true;
            if (!OperatingSystem.IsWindows() && published)
                PosixFiles.FlushDirectory(Path.GetDirectoryName(_target)!);
            return published;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw _store.Failed("write", Key, e);
        }
    }

    private bool Publish(bool replace)
    {
        if (replace)
        {
            File.Move(_temporary, _target, overwrite: true);
            return true;
        }

        if (!OperatingSystem.IsWindows())
        {
            var won = PosixFiles.TryPublish(_temporary, _target);
            File.Delete(_temporary);
            return won;
        }

        try
        {
            // MoveFileEx without the replace flag fails when the name is taken: atomic on NTFS and ReFS.
            File.Move(_temporary, _target, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(_target))
        {
            File.Delete(_temporary);
            return false;
        }
    }
}
