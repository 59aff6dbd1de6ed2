using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>Applies a stateless step to every batch, on the worker that reads it.</summary>
internal sealed class ExpandedStream(BatchStream inner, Func<RecordBatch, IEnumerable<RecordBatch>> take) : BatchStream
{
    public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in inner.PartsAsync(cancellationToken).ConfigureAwait(false))
            yield return new Part(part, take);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private sealed class Part(BatchPart inner, Func<RecordBatch, IEnumerable<RecordBatch>> take) : BatchPart
    {
        public override async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var batch in inner.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var made in take(batch))
                    yield return made;
            }
        }

        protected override void Release() => inner.Dispose();
    }
}
