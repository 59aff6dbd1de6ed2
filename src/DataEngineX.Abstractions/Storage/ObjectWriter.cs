namespace DataEngineX;

/// <summary>
/// A streaming write of one object. Nothing of it can be seen in the store until <see cref="CommitAsync"/> has returned;
/// disposing without a commit discards what was written.
/// </summary>
public abstract class ObjectWriter : IAsyncDisposable
{
    /// <summary>The key the object will have.</summary>
    public abstract string Key { get; }

    /// <summary>Where the content is written, from the start. Do not dispose it: the writer does.</summary>
    public abstract Stream Stream { get; }

    /// <summary>Makes the content durable and visible in one step, replacing an object already there.</summary>
    /// <param name="cancellationToken">Stops the commit while nothing is visible yet.</param>
    /// <returns>The size of the object in bytes.</returns>
    /// <exception cref="InvalidOperationException">The writer was already committed or disposed.</exception>
    public abstract ValueTask<long> CommitAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
