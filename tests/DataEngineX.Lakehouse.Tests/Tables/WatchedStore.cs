namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Counts what is read of another store, and can let something happen right before a log entry is put.</summary>
public sealed class WatchedStore(IObjectStore inner) : IObjectStore
{
    private int _reads;

    public Uri Location => inner.Location;

    public int Reads => _reads;

    /// <summary>How often a range was read.</summary>
    public int Ranges { get; private set; }

    public List<string> Opened { get; } = [];

    public Func<string, Task>? BeforePutIfAbsent { get; set; }

    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.PutAsync(key, content, cancellationToken);

    public ValueTask PutAsync(string key, Stream content, CancellationToken cancellationToken = default) => inner.PutAsync(key, content, cancellationToken);

    public async ValueTask<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (BeforePutIfAbsent is { } before)
        {
            BeforePutIfAbsent = null;
            await before(key);
        }

        return await inner.PutIfAbsentAsync(key, content, cancellationToken);
    }

    public Func<string, bool>? FailToCreate { get; set; }

    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default) => FailToCreate?.Invoke(key) == true
        ? throw new DataEngineXException($"Cannot write '{key}': no room.")
        : inner.CreateAsync(key, cancellationToken);

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        lock (Opened)
            Opened.Add(key);
        return inner.OpenReadAsync(key, cancellationToken);
    }

    public ValueTask<int> ReadRangeAsync(string key, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        lock (Opened)
            Ranges++;
        return inner.ReadRangeAsync(key, offset, destination, cancellationToken);
    }

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, startAfter, cancellationToken);

    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default) => inner.HeadAsync(key, cancellationToken);
}
