using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Reads parts one after the other, for callers that want batches.</summary>
internal static class Parts
{
    internal static async IAsyncEnumerable<RecordBatch> InOrderAsync(
        IAsyncEnumerable<BatchPart> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in parts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }
}
