using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>A part of one batch that is already there.</summary>
internal sealed class OneBatchPart(RecordBatch batch) : BatchPart
{
    private RecordBatch? _batch = batch;

    public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        if (Interlocked.Exchange(ref _batch, null) is { } taken)
            yield return taken;
    }

    protected override void Release() => Interlocked.Exchange(ref _batch, null)?.Dispose();
}
