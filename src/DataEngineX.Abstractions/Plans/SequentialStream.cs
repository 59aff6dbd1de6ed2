using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>Makes each batch of a sequence a part.</summary>
internal sealed class SequentialStream(IAsyncEnumerable<RecordBatch> batches) : BatchStream
{
    public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return new OneBatchPart(batch);
    }
}
