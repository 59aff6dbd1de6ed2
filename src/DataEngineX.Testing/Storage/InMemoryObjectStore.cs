using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace DataEngineX.Testing;

/// <summary>An object store in memory with the semantics of a durable one: writes are atomic, listings ordered, put-if-absent has one winner.</summary>
/// <param name="name">Names the store in <see cref="Location"/>.</param>
/// <param name="time">Stamps the objects; the system clock unless given.</param>
public sealed class InMemoryObjectStore(string name = "store", TimeProvider? time = null) : IObjectStore
{
    private readonly ConcurrentDictionary<string, Entry> _objects = new(StringComparer.Ordinal);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc />
    public Uri Location { get; } = new($"memory://{name}/");

    /// <summary>How many objects there are.</summary>
    public int Count => _objects.Count;

    /// <inheritdoc />
    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        cancellationToken.ThrowIfCancellationRequested();
        _objects[key] = Make(content.ToArray());
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public async ValueTask PutAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        ArgumentNullException.ThrowIfNull(content);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        _objects[key] = Make(copy.ToArray());
    }

    /// <inheritdoc />
    public ValueTask<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_objects.TryAdd(key, Make(content.ToArray())));
    }

    /// <inheritdoc />
    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ObjectWriter>(new Writer(this, key));
    }

    /// <inheritdoc />
    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(new MemoryStream(Find(key).Content, writable: false));
    }

    /// <inheritdoc />
    public ValueTask<int> ReadRangeAsync(string key, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellationToken.ThrowIfCancellationRequested();
        var content = Find(key).Content;
        if (offset >= content.Length)
            return ValueTask.FromResult(0);
        var part = content.AsSpan((int)offset, (int)Math.Min(destination.Length, content.Length - offset));
        part.CopyTo(destination.Span);
        return ValueTask.FromResult(part.Length);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectKey.ValidatePrefix(prefix);
        await Task.CompletedTask.ConfigureAwait(false);
        var found = _objects
            .Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(o.Key, startAfter) > 0)
            .OrderBy(o => o.Key, StringComparer.Ordinal);
        foreach (var (key, entry) in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ObjectInfo(key, entry.Content.Length, entry.Modified);
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_objects.TryRemove(key, out _));
    }

    /// <inheritdoc />
    public ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKey.Validate(key);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            _objects.TryGetValue(key, out var entry) ? new ObjectInfo(key, entry.Content.Length, entry.Modified) : null);
    }

    private Entry Make(byte[] content) => new(content, _time.GetUtcNow());

    private Entry Find(string key) =>
        _objects.TryGetValue(ObjectKey.Validate(key), out var entry) ? entry : throw ObjectNotFoundException.For(Location, key);

    private sealed record Entry(byte[] Content, DateTimeOffset Modified);

    private sealed class Writer(InMemoryObjectStore store, string key) : ObjectWriter
    {
        private readonly MemoryStream _stream = new();
        private bool _done;

        public override string Key => key;

        public override Stream Stream => _stream;

        public override ValueTask<long> CommitAsync(CancellationToken cancellationToken = default)
        {
            if (_done)
                throw new InvalidOperationException($"The write of '{key}' is already finished.");
            cancellationToken.ThrowIfCancellationRequested();
            _done = true;
            var content = _stream.ToArray();
            store._objects[key] = store.Make(content);
            return ValueTask.FromResult<long>(content.Length);
        }

        public override ValueTask DisposeAsync()
        {
            _done = true;
            return _stream.DisposeAsync();
        }
    }
}
