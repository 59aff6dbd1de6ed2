using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Hands the parts of a stream to several workers, numbered in order.</summary>
internal sealed class PartFeed(BatchStream stream, CancellationToken cancellationToken) : IAsyncDisposable
{
    /// <summary>Batches of one part lie below this many positions, so that sequence numbers order parts first.</summary>
    public const long PositionsInPart = 1L << 24;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly IAsyncEnumerator<BatchPart> _parts = stream.PartsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    private long _next;
    private bool _ended;

    /// <summary>The next part and the sequence number of its first batch, or null at the end.</summary>
    public ValueTask<(BatchPart Part, long Sequence)?> NextAsync() => NextAsync(static (_, _) => ValueTask.CompletedTask);

    /// <summary>The next part; a continuation runs before any other worker gets one, so that it sees the parts in order.</summary>
    public async ValueTask<(BatchPart Part, long Sequence)?> NextAsync(Func<BatchPart, CancellationToken, ValueTask> inOrder)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ended)
                return null;
            cancellationToken.ThrowIfCancellationRequested();
            if (!await _parts.MoveNextAsync().ConfigureAwait(false))
            {
                _ended = true;
                return null;
            }

            var part = _parts.Current;
            try
            {
                await inOrder(part, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                part.Dispose();
                throw;
            }

            return (part, _next++ * PositionsInPart);
        }
        catch
        {
            _ended = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync().ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
