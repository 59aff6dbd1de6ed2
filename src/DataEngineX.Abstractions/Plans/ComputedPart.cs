using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>A part that is computed while it is read.</summary>
internal sealed class ComputedPart(Func<CancellationToken, IAsyncEnumerable<RecordBatch>>? readAsync, Func<IEnumerable<RecordBatch>>? read) : BatchPart
{
    public override IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) =>
        readAsync is not null ? readAsync(cancellationToken) : ReadNow(read!(), cancellationToken);

    private static async IAsyncEnumerable<RecordBatch> ReadNow(
        IEnumerable<RecordBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        foreach (var batch in batches)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                batch.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
            }

            yield return batch;
        }
    }
}
