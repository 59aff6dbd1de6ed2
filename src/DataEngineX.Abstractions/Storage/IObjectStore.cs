namespace DataEngineX;

/// <summary>
/// Holds immutable-by-convention objects under keys (see <see cref="ObjectKey"/>). A write is seen whole or not at all, is seen by every
/// read and listing that starts after it returned, and survives a crash of the process or the machine once it returned.
/// </summary>
/// <remarks>
/// Safe to use from many threads and, over the same root, from many processes. Every method throws <see cref="ArgumentException"/> for
/// a malformed key and a <see cref="DataEngineXException"/> when the store cannot be reached or written.
/// </remarks>
public interface IObjectStore
{
    /// <summary>Where the store is, for messages and lineage: a URI such as <c>file:///var/lake</c> or <c>memory://name</c>.</summary>
    Uri Location { get; }

    /// <summary>Puts an object, replacing one already there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="cancellationToken">Stops the write while nothing is visible yet.</param>
    /// <returns>When the object is durable and visible.</returns>
    ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Puts an object from a stream, replacing one already there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="content">Read from its position to its end; not disposed.</param>
    /// <param name="cancellationToken">Stops the write while nothing is visible yet.</param>
    /// <returns>When the object is durable and visible.</returns>
    ValueTask PutAsync(string key, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Puts an object only where there is none. Of any number of callers racing for one key, in any processes, exactly one wins.</summary>
    /// <param name="key">The key.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="cancellationToken">Stops the write while nothing is visible yet.</param>
    /// <returns>True for the winner; false when an object is already there, which then stays as it was.</returns>
    ValueTask<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Starts a streaming write.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The writer; dispose it whether or not it was committed.</returns>
    ValueTask<ObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for reading.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the open.</param>
    /// <returns>A seekable stream at position 0 with a known length; the caller disposes it.</returns>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Reads a range of an object.</summary>
    /// <param name="key">The key.</param>
    /// <param name="offset">The first byte, from 0.</param>
    /// <param name="destination">Filled from its start, as far as the object reaches.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>How many bytes were read: less than asked for only at the object's end.</returns>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    ValueTask<int> ReadRangeAsync(string key, long offset, Memory<byte> destination, CancellationToken cancellationToken = default);

    /// <summary>Lists objects in ordinal order of their keys, through all levels below the prefix. Unfinished writes are never listed.</summary>
    /// <param name="prefix">The beginning of the keys wanted, or empty for all.</param>
    /// <param name="startAfter">When given, only keys that are ordinally greater than this text.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The objects; none when nothing matches.</returns>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>True when there was one.</returns>
    ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Looks at an object without reading it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What the store knows, or null when there is no such object.</returns>
    ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default);
}
