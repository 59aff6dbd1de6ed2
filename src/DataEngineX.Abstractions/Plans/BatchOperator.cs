using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>An operator that turns one batch into at most one batch, keeping nothing between batches. It must be thread-safe.</summary>
public abstract class BatchOperator : Operator
{
    /// <summary>Turns one batch into another.</summary>
    /// <param name="batch">Borrowed: what is passed through must be retained or shared.</param>
    /// <returns>A batch owned by the caller, or null when no row is left.</returns>
    public abstract RecordBatch? Process(RecordBatch batch);

    /// <inheritdoc/>
    public sealed override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            RecordBatch? result;
            using (batch)
                result = Process(batch);
            if (result is not null)
                yield return result;
        }
    }
}
