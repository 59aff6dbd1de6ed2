using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>Rows that wait in an operator until it has seen all of them, batch by batch in their order. Used by one thread at a time.</summary>
public abstract class WaitingRows : IDisposable
{
    /// <summary>Takes the rows that follow; nothing can be added once rows are read.</summary>
    /// <param name="batch">Taken. All batches have one schema.</param>
    /// <exception cref="SpillException">The disk is full or the scratch folder cannot be written.</exception>
    public abstract void Add(RecordBatch batch);

    /// <summary>Reads all rows from the first and goes on holding them; one read at a time.</summary>
    /// <returns>Batches as they were added, owned by the caller.</returns>
    public abstract IEnumerable<RecordBatch> Read();

    /// <summary>Reads all rows from the first and gives them up on the way.</summary>
    /// <returns>Batches as they were added, owned by the caller.</returns>
    public abstract IEnumerable<RecordBatch> Drain();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up what is held.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
