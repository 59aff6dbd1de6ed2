using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Plans;

/// <summary>One stream, then another, which starts when all parts of the first have been disposed.</summary>
internal sealed class ConcatenatedStream(BatchStream first, BatchStream second) : BatchStream
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Parts handed out and not yet disposed, and one for the enumeration itself.</summary>
    private int _open = 1;

    public override async IAsyncEnumerable<BatchPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in first.PartsAsync(cancellationToken).ConfigureAwait(false))
        {
            Interlocked.Increment(ref _open);
            yield return new Part(this, part);
        }

        Close();
        await _done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var part in second.PartsAsync(cancellationToken).ConfigureAwait(false))
            yield return part;
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await first.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await second.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private void Close()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _done.TrySetResult();
    }

    private sealed class Part(ConcatenatedStream owner, BatchPart inner) : BatchPart
    {
        private int _disposed;

        public override IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

        protected override void Release()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            inner.Dispose();
            owner.Close();
        }
    }
}
