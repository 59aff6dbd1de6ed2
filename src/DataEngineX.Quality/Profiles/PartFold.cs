using System.Runtime.ExceptionServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Takes in a stream with one worker a thread; the first fault ends the others and is the one thrown.</summary>
internal static class PartFold
{
    /// <param name="input">The stream; disposed at the end.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="create">Makes a worker; at least one is made.</param>
    /// <param name="take">Takes a batch, borrowed, and the number of its part.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async ValueTask<IReadOnlyList<TWorker>> RunAsync<TWorker>(
        BatchStream input, int threads, Func<TWorker> create, Action<TWorker, RecordBatch, long> take, CancellationToken cancellationToken)
    {
        var workers = new List<TWorker>();
        ExceptionDispatchInfo? first = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var held = input.ConfigureAwait(false);
        var parts = new Parts(input.PartsAsync(stop.Token).GetAsyncEnumerator(stop.Token));
        await using var heldParts = parts.ConfigureAwait(false);
        var running = new Task[Math.Max(1, threads)];
        for (var i = 0; i < running.Length; i++)
            running[i] = running.Length == 1 ? WorkAsync() : Task.Run(WorkAsync, CancellationToken.None);
        await Task.WhenAll(running).ConfigureAwait(false);
        first?.Throw();
        if (workers.Count == 0)
            workers.Add(create());
        return workers;

        async Task WorkAsync()
        {
            try
            {
                await FoldAsync().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // What others throw after the stop is an echo of the first fault.
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }

        async Task FoldAsync()
        {
            var worker = default(TWorker);
            var hasWorker = false;
            while (await parts.NextAsync(stop.Token).ConfigureAwait(false) is var (part, number))
            {
                using (part)
                {
                    if (!hasWorker)
                    {
                        (worker, hasWorker) = (create(), true);
                        lock (workers)
                            workers.Add(worker);
                    }

                    await foreach (var batch in part.ReadAsync(stop.Token).ConfigureAwait(false))
                    {
                        using (batch)
                            take(worker!, batch, number);
                    }
                }
            }
        }
    }

    /// <summary>Hands parts out one at a time, numbered in order.</summary>
    private sealed class Parts(IAsyncEnumerator<BatchPart> parts) : IAsyncDisposable
    {
        private readonly SemaphoreSlim _turn = new(1, 1);
        private long _next;
        private bool _ended;

        public async ValueTask<(BatchPart Part, long Number)?> NextAsync(CancellationToken cancellationToken)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_ended || !await parts.MoveNextAsync().ConfigureAwait(false))
                {
                    _ended = true;
                    return null;
                }

                return (parts.Current, _next++);
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
            await parts.DisposeAsync().ConfigureAwait(false);
            _turn.Dispose();
        }
    }
}
