using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Counts the rows that pass between operators, so that operators count only what they drop or generate.</summary>
internal static class RowCounting
{
    public static async IAsyncEnumerable<RecordBatch> Count(
        IAsyncEnumerable<RecordBatch> batches, RowAccount rows, RowFlow kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(kind, batch.Length);
            yield return batch;
        }
    }
}
