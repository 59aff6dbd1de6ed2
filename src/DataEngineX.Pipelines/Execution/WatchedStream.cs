using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Passes a failpoint when the first batch of a source is there. Outside tests no stream is wrapped.</summary>
internal sealed class WatchedStream : BatchStream
{
    private readonly BatchStream _inner;
    private readonly IFailpoints _failpoints;
    private int _passed;

    private WatchedStream(BatchStream inner, IFailpoints failpoints)
    {
        _inner = inner;
        _failpoints = failpoints;
    }

    public static BatchStream Of(BatchStream source, IFailpoints failpoints) => failpoints is NoFailpoints ? source : new WatchedStream(source, failpoints);

    public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in _inner.PartsAsync(cancellationToken).ConfigureAwait(false))
            yield return new Part(this, part);
    }

    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask PassAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _passed, 1) != 0)
            return;
        try
        {
            await _failpoints.HitAsync(FailpointNames.FirstBatchRead, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private sealed class Part(WatchedStream owner, BatchPart inner) : BatchPart
    {
        public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var batch in inner.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await owner.PassAsync(batch, cancellationToken).ConfigureAwait(false);
                yield return batch;
            }
        }

        protected override void Release() => inner.Dispose();
    }
}
