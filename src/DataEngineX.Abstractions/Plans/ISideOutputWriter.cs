using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>Takes the batches of a side output; thread-safe.</summary>
public interface ISideOutputWriter
{
    /// <summary>Takes a batch with the schema of the side output.</summary>
    /// <param name="batch">Ownership passes to the writer.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken);
}
