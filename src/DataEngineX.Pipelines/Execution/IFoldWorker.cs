using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>One worker's share of an operator that takes in a whole input before it yields. Used by one thread at a time.</summary>
internal interface IFoldWorker
{
    /// <summary>Takes a batch.</summary>
    /// <param name="batch">Ownership passes to the worker, also when it throws.</param>
    /// <param name="sequence">Orders the batches of all workers as the input did.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask TakeAsync(RecordBatch batch, long sequence, CancellationToken cancellationToken);
}
