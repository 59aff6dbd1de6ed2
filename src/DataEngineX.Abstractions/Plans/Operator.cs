using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>The running form of a node: streams of batches in, one stream of batches out. One instance serves one run.</summary>
/// <remarks>
/// Yielding a batch transfers ownership to the consumer, and every batch received must be disposed or yielded exactly once, also on
/// failure and cancellation. All buffers come from <see cref="OperatorContext.Allocator"/>. An operator that works on each batch alone derives from
/// <see cref="BatchOperator"/>, which the engine may run on several threads.
/// </remarks>
public abstract class Operator
{
    /// <summary>Runs over the inputs until they end.</summary>
    /// <param name="inputs">The input streams in the order of the node's inputs; the operator owns each batch it takes.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The output; the consumer owns each batch.</returns>
    public abstract IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, CancellationToken cancellationToken);
}
