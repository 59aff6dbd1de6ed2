namespace DataEngineX.Lakehouse.Sources;

/// <summary>A file under a name of its own until it is complete. Readers of folders leave such names alone.</summary>
internal sealed class PendingFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _pending;
    private bool _done;

    private PendingFile(string path, string pending, FileStream stream)
    {
        _path = path;
        _pending = pending;
        Stream = stream;
    }

    internal FileStream Stream { get; }

    internal static PendingFile Create(string path, string runId)
    {
        try
        {
            var folder = Path.GetDirectoryName(path) ?? throw new ArgumentException($"'{path}' is not the path of a file.", nameof(path));
            Directory.CreateDirectory(folder);
            var id = string.Concat(runId.Where(char.IsAsciiLetterOrDigit));
            var pending = Path.Combine(folder, $".{Path.GetFileName(path)}-{id}.tmp");
            return new PendingFile(path, pending, new FileStream(pending, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataEngineXException($"The file {path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Makes the content durable and puts the file into its place, replacing one already there.</summary>
    internal async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        Stream.Flush(flushToDisk: true);
        await Stream.DisposeAsync().ConfigureAwait(false);
        File.Move(_pending, _path, overwrite: true);
        _done = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        if (!_done)
            File.Delete(_pending);
        _done = true;
    }
}
