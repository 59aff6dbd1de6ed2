using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>A part of a stream that one worker reads from its start to its end, such as a row group, a chunk of a file or a hash partition.</summary>
public abstract class BatchPart : IDisposable
{
    /// <summary>Reads the part, once.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches owned by the consumer, in order.</returns>
    public abstract IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken);

    /// <summary>A part that holds one batch.</summary>
    /// <param name="batch">The batch; the part takes it.</param>
    public static BatchPart Of(RecordBatch batch) => new OneBatchPart(batch);

    /// <summary>A part that is computed when it is read.</summary>
    /// <param name="read">Reads the part; called at most once.</param>
    public static BatchPart Of(Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read) => new ComputedPart(read, null);

    /// <summary>A part that is computed when it is read, without waiting for anything.</summary>
    /// <param name="read">Reads the part; called at most once.</param>
    public static BatchPart Of(Func<IEnumerable<RecordBatch>> read) => new ComputedPart(null, read);

    /// <summary>Gives back what an unread part holds.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what an unread part holds; a part read to its end may hold nothing any more.</summary>
    protected virtual void Release()
    {
    }
}
