using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>An operator that works on streams in parts, so that several workers share its work.</summary>
public abstract class ParallelOperator : Operator
{
    /// <summary>Links the operator to its inputs. Nothing runs before the result is read.</summary>
    /// <param name="inputs">The input streams in the order of the node's inputs; the result disposes them.</param>
    /// <returns>The output.</returns>
    public abstract BatchStream Connect(IReadOnlyList<BatchStream> inputs);

    /// <summary>Runs part after part, for a caller that knows no parts.</summary>
    /// <inheritdoc/>
    public sealed override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var output = Connect([.. inputs.Select(BatchStream.Of)]);
        await using var held = output.ConfigureAwait(false);
        await foreach (var part in output.PartsAsync(cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }
}
