using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>
/// A stream of batches in parts, so that several workers may read it at once. It is cold and consumed once; the order of its rows is the order
/// of the parts, and in a part the order of its batches.
/// </summary>
public abstract class BatchStream : IAsyncDisposable
{
    /// <summary>Hands out the parts in order. One caller at a time moves on; parts handed out are read at the same time.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Parts owned by the consumer, which disposes each after its last use.</returns>
    public abstract IAsyncEnumerable<BatchPart> PartsAsync(CancellationToken cancellationToken);

    /// <summary>Gives back what the stream holds; called once, after the last part was disposed.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A stream in which each batch is a part: it is read by one worker at a time, and what follows works on several.</summary>
    /// <param name="batches">The batches.</param>
    public static BatchStream Of(IAsyncEnumerable<RecordBatch> batches) => new SequentialStream(batches);

    /// <summary>A stream of parts.</summary>
    /// <param name="parts">The parts in order.</param>
    public static BatchStream Of(IAsyncEnumerable<BatchPart> parts) => new PartStream(parts, null);

    /// <summary>A stream of parts that are known.</summary>
    /// <param name="parts">The parts in order.</param>
    public static BatchStream Of(IEnumerable<BatchPart> parts) => new PartStream(null, parts);

    /// <summary>A stream that is made when it is first asked for a part, such as the result of folding an input.</summary>
    /// <param name="prepare">Makes the stream; called at most once.</param>
    public static BatchStream Defer(Func<CancellationToken, ValueTask<BatchStream>> prepare) => new DeferredStream(prepare);

    /// <summary>This stream, then another one. The other starts when every part of this one has been read to its end.</summary>
    /// <param name="next">What follows.</param>
    public BatchStream Then(BatchStream next) => new ConcatenatedStream(this, next);

    /// <summary>Turns each batch into any number of batches.</summary>
    /// <param name="take">Takes a batch and gives batches owned by the consumer; called from several threads, keeps nothing.</param>
    public BatchStream Expand(Func<RecordBatch, IEnumerable<RecordBatch>> take) => new ExpandedStream(this, take);

    /// <summary>This stream, which disposes something after its last part.</summary>
    /// <param name="resource">What the parts need while they are read.</param>
    public BatchStream Owning(IDisposable resource) => new OwningStream(this, resource);
}
