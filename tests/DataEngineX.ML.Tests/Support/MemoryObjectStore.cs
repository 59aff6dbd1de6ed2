using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace DataEngineX.ML.Tests.Support;

/// <summary>An object store in memory, with a gate that lets a test hold or break single writes.</summary>
internal sealed class MemoryObjectStore : IObjectStore
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public Func<string, ValueTask>? BeforePut { get; set; }

    public Uri Location { get; } = new("memory://tests");

    public IEnumerable<string> Keys => _objects.Keys.Order(StringComparer.Ordinal);

    public byte[] this[string key]
    {
        get => _objects[key];
        set => _objects[key] = value;
    }

    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        await PassAsync(key);
        _objects[ObjectKey.Validate(key)] = content.ToArray();
    }

    public async ValueTask PutAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        await PutAsync(key, copy.ToArray(), cancellationToken);
    }

    public async ValueTask<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        // Lets racing callers really race.
        await Task.Yield();
        await PassAsync(key);
        return _objects.TryAdd(ObjectKey.Validate(key), content.ToArray());
    }

    public ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("These tests write whole objects.");

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
        => _objects.TryGetValue(ObjectKey.Validate(key), out var content)
            ? ValueTask.FromResult<Stream>(new MemoryStream(content, writable: false))
            : throw ObjectNotFoundException.For(Location, key);

    public ValueTask<int> ReadRangeAsync(string key, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("These tests read whole objects.");

    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        foreach (var key in Keys)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && (startAfter is null || string.CompareOrdinal(key, startAfter) > 0))
                yield return new ObjectInfo(key, _objects[key].Length, DateTimeOffset.UnixEpoch);
        }
    }

    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
        => ValueTask.FromResult(_objects.TryRemove(ObjectKey.Validate(key), out _));

    public ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default)
        => ValueTask.FromResult(
            _objects.TryGetValue(ObjectKey.Validate(key), out var content)
                ? new ObjectInfo(key, content.Length, DateTimeOffset.UnixEpoch)
                : null);

    private async ValueTask PassAsync(string key)
    {
        if (BeforePut is { } gate)
            await gate(key);
    }
}
